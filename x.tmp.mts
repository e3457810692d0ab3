import { SCAN_LIMITS } from './src/search/scan-plan.ts';
if(process.env.C)(SCAN_LIMITS as any).compared=+process.env.C; if(process.env.S)(SCAN_LIMITS as any).sketches=+process.env.S; if(process.env.M)(SCAN_LIMITS as any).matches=+process.env.M; if(process.env.F)(SCAN_LIMITS as any).matchingShare=+process.env.F; if(process.env.X)(SCAN_LIMITS as any).mostSketches=+process.env.X; if(process.env.L)(SCAN_LIMITS as any).leastShare=+process.env.L;
import { openWorkload } from './bench/workload/open-workload.ts';
import { modelOf } from './bench/workload/workload.ts';
import { filteredSearches } from './bench/workload/filtered-searches.ts';
import { ourSearch, recallOf } from './bench/workload/contenders.ts';
const products=Number(process.argv[2]??1000000), queries=Number(process.argv[3]??6), only=process.argv[4];
const w = await openWorkload({ products, serverUrl: process.env.EMB?undefined as any:'postgres://postgres@127.0.0.1:5517/postgres', say:()=>{} });
const db=w.db; const model=await modelOf(db);
const groups = await filteredSearches(db,{model,queries,say:()=>{}});
const ours=ourSearch(db,model);
const q=(a:number[],p:number)=>{const b=[...a].sort((x,y)=>x-y);return (b[Math.min(b.length-1,Math.floor(b.length*p))]??0).toFixed(1)};
for (const g of groups) for(const s of g.searches.slice(0,3)) await ours(s,10);
const allT:number[]=[]; const rec:any={10:[],50:[]}; const worst:any={10:1,50:1}; const pp:any={10:[],50:[]};
for (const g of groups) { if (only && !g.band.name.includes(only)) continue;
  for (const first of [10,50]) {
  const t:number[]=[],r:number[]=[]; let full=0; const st:any={};
  for (const s of g.searches) { const a=await ours(s,first); t.push(a.milliseconds); r.push(recallOf(a,s,first)); full+=+a.full; st[a.strategy!]=(st[a.strategy!]??0)+1; }
  if(!['none','nothing'].includes(g.band.name)){const m=r.reduce((a,b)=>a+b,0)/r.length; rec[first].push(m); worst[first]=Math.min(worst[first],m); pp[first].push(...t);}
  if(first===10) allT.push(...t);
  console.log(g.kind.padEnd(8),g.band.name.padEnd(17),String(first).padEnd(3),(r.reduce((a,b)=>a+b,0)/r.length).toFixed(3),'min',Math.min(...r).toFixed(2),'p50',q(t,.5),'p95',q(t,.95),'full',full+'/'+g.searches.length,JSON.stringify(st));
}}
for(const f of [10,50]) console.log('MEAN',f,(rec[f].reduce((a:number,b:number)=>a+b,0)/rec[f].length).toFixed(4),'worst band',worst[f].toFixed(3),'bands<.97',rec[f].filter((x:number)=>x<.97).length,'p50',q(pp[f],.5),'p95',q(pp[f],.95));
console.log('all', q(allT,.5), q(allT,.95));
await w.close();
