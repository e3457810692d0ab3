import { openWorkload } from './bench/workload/open-workload.ts';
import { modelOf } from './bench/workload/workload.ts';
import { filteredSearches } from './bench/workload/filtered-searches.ts';
import { ourSearch, recallOf } from './bench/workload/contenders.ts';
import { planScan } from './src/search/scan-plan.ts';
const w = await openWorkload({ products:1000000, serverUrl: 'postgres://postgres@127.0.0.1:5517/postgres', say:()=>{} });
const model=await modelOf(w.db);
const groups = await filteredSearches(w.db,{model,queries:10,say:()=>{}});
const ours=ourSearch(w.db,model);
for (const g of groups) for (const s of g.searches) { const a=await ours(s,10); const r=recallOf(a,s,10); if(r<.85) {
    const p=planScan({sketches:model.sketches!,filter:s.filter.resolved,query:s.query.vector,wanted:100,fetched:125,indexed:true});
    console.log(g.kind,g.band.name,s.query.about.slice(0,50),JSON.stringify(s.filter.filter).slice(0,150),JSON.stringify(p.chosen),'matching',Math.round(p.matching),s.filter.matching,'clusters',p.clusters.length,'r',r, a.strategy, s.truth.length, a.productIds.length); }}
await w.close();
