import { openWorkload } from './bench/workload/open-workload.ts';
import { modelOf } from './bench/workload/workload.ts';
import { filteredSearches } from './bench/workload/filtered-searches.ts';
import { ourSearch } from './bench/workload/contenders.ts';
import { sql } from 'kysely';
const w = await openWorkload({ products:1000000, serverUrl: 'postgres://postgres@127.0.0.1:5517/postgres', say:()=>{} });
const model=await modelOf(w.db);
const nodes:any[]=[];
const db=w.db.withPlugin({transformQuery({node,queryId}:any){ nodes.push([node,queryId]); return node;}, async transformResult({result}:any){ return result;}} as any);
const groups = await filteredSearches(w.db,{model,queries:6,say:()=>{}});
const ours=ourSearch(db,model);
const g=groups.find(g=>g.band.name===process.argv[2]&&g.kind==='text')!;
nodes.length=0; await ours(g.searches[0]!,10);
for (const [n,id] of nodes) { const c=w.db.getExecutor().compileQuery(n,id); if(!/from|with/.test(c.sql)) continue;
  const r=await w.db.connection().execute(async (conn)=>{ await sql`set jit=off`.execute(conn); const q={...c, sql:'explain (analyze, buffers off, timing on, costs off) '+c.sql}; try { await conn.executeQuery(q); return await conn.executeQuery(q);} catch(e){return {rows:[{'QUERY PLAN':String(e)}]}} });
  console.log('-----'); console.log((r.rows as any[]).map(x=>x['QUERY PLAN'].slice(0,170)).join('\n')); }
await w.close();
