// The same folders as liquid_fixtures.cc, by liquidjs: a line a folder: name, parses a CPU second, renders a CPU second.
// node liquid_peer.mjs FOLDER...   with liquidjs in a node_modules above.
import {readFileSync, readdirSync} from 'node:fs';
import {basename, join} from 'node:path';
import {createRequire} from 'node:module';

const {Liquid} = createRequire(process.cwd() + '/')('liquidjs');
const seconds = 2;

function timesASecond(work) {
  for (let i = 0; i < 200; ++i) work();
  const begin = process.cpuUsage();
  let used = 0;
  let times = 0;
  for (; used < seconds; ++times) {
    work();
    if (times % 64 === 0) {
      const spent = process.cpuUsage(begin);
      used = (spent.user + spent.system) / 1e6;
    }
  }
  const spent = process.cpuUsage(begin);
  return times / ((spent.user + spent.system) / 1e6);
}

for (const folder of process.argv.slice(2)) {
  const names = readdirSync(join(folder, 'templates'));
  const templates = Object.fromEntries(
    names.map((name) => [name, readFileSync(join(folder, 'templates', name), 'utf8')]));
  const data = JSON.parse(readFileSync(join(folder, 'data.json'), 'utf8'));
  const engine = new Liquid({templates});
  const parsed = engine.parse(templates['index.liquid']);
  const parses = timesASecond(() => names.forEach((name) => engine.parse(templates[name])));
  const renders = timesASecond(() => engine.renderSync(parsed, data));
  console.log(`${basename(folder)} ${Math.round(parses)} ${Math.round(renders)}`);
}
