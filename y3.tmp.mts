import { openWorkload } from './bench/workload/open-workload.ts';
import { modelOf } from './bench/workload/workload.ts';
import { filteredSearches } from './bench/workload/filtered-searches.ts';
import { matchingShares } from './src/search/matching-shares.ts';
import { sql } from 'kysely';
const w = await openWorkload({ products:1000000, serverUrl: 'postgres://postgres@127.0.0.1:5517/postgres', say:()=>{} });
const model=await modelOf(w.db); const sk=model.sketches!;
const groups = await filteredSearches(w.db,{model,queries:10,say:()=>{}});
for (const [kind,band,about] of [['picture','category tree','Puma Men Black Track'],['text','3 %','navy blue track'],['text','elsewhere','gold necklace'],['text','category tree','Kiara Women Grey']]) {
 const g=groups.find(g=>g.kind===kind&&g.band.name===band)!; const s=g.searches.find(s=>s.query.about.startsWith(about!))!;
 const q=s.query.vector, D=q.length, n=sk.clusters.numbers.length; const sim=Array.from({length:n},(_,p)=>{let t=0;for(let i=0;i<D;i++)t+=sk.clusters.centroids[p*D+i]!*q[i]!;return t});
 const order=[...sim.keys()].sort((a,b)=>sim[b]!-sim[a]!); const rank=new Map(order.map((p,i)=>[sk.clusters.numbers[p]!,i]));
 const shares=matchingShares(sk.clusters,s.filter.resolved);
 const vec='['+Array.from(q).join(',')+']';
 const rows=(await sql<any>`select distinct on (p.id) p.id, p.cluster, 1-(e.embedding <=> ${vec}::halfvec) as sim from ${sql.table(sk.table)} p join ${sql.table(model.imageTable)} e on e.product_id=p.id and e.image_id=p.image_id where p.id = any(${s.truth.slice(0,10)}::uuid[]) order by p.id, 3 desc`.execute(w.db)).rows;
 console.log(kind,band,about, rows.sort((a:any,b:any)=>b.sim-a.sim).map((r:any)=>{const rk=rank.get(r.cluster)!; const pl=order[rk]!; return `${r.sim.toFixed(3)}:rank${rk}(share ${shares[pl]!.toFixed(4)}, csim ${sim[pl]!.toFixed(2)})`}).join(' '));
}
await w.close();
