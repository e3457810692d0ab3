import { openWorkload } from './bench/workload/open-workload.ts';
import { modelOf } from './bench/workload/workload.ts';
import { filteredSearches } from './bench/workload/filtered-searches.ts';
import { ourSearch, recallOf } from './bench/workload/contenders.ts';
import { planScan } from './src/search/scan-plan.ts';
const w = await openWorkload({ products:1000000, serverUrl: 'postgres://postgres@127.0.0.1:5517/postgres', say:()=>{} });
const model=await modelOf(w.db);
const times:[string,number][]=[]; const starts=new Map();
const db=w.db.withPlugin({transformQuery({node,queryId}:any){ starts.set(queryId,performance.now()); return node;}, async transformResult({result,queryId}:any){ times.push(['q',performance.now()-starts.get(queryId)]); return result;}} as any);
const groups = await filteredSearches(w.db,{model,queries:6,say:()=>{}});
const ours=ourSearch(db,model);
for (const g of groups) { if(!['20 %','none','5 %','nothing','0.01 %','0.1 %'].includes(g.band.name)) continue;
  for (const s of g.searches) await ours(s,10);
  for (const s of g.searches.slice(0,3)) { times.length=0; const a=await ours(s,10);
    const c=performance.now(); const p=planScan({sketches:model.sketches!,filter:s.filter.resolved,query:s.query.vector,wanted:200,fetched:250,indexed:true}); const pc=performance.now()-c;
    console.log(g.kind,g.band.name,a.milliseconds.toFixed(1),'stmts',times.map(t=>t[1].toFixed(1)).join(' '),'plan cpu',pc.toFixed(2),JSON.stringify(p.chosen),'matching',Math.round(p.matching),s.filter.matching,'clusters',p.clusters.length,'r',recallOf(a,s,10)); }
}
await w.close();
