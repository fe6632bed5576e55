// A post's life by micropub-helper: asked, made, read, changed, hidden, shown again.
//
// story.cjs ENDPOINT TOKEN   The package is looked for in the working folder.
const assert = require('node:assert');
const Micropub = require(require.resolve('micropub-helper', { paths: [process.cwd()] }));

async function main([micropubEndpoint, token]) {
  const client = new Micropub({ micropubEndpoint, token });
  assert.ok(await client.verifyToken());
  const config = await client.query('config');
  assert.ok(Array.isArray(config['syndicate-to']));
  const url = await client.create({
    type: ['h-entry'],
    properties: { name: ['By a client'], content: ['Hello.'], category: ['one', 'two'] },
  });
  assert.match(url, /^https:\/\/example\.org\/.*by-a-client/);
  const source = await client.querySource(url, ['name', 'category']);
  assert.deepEqual(source.properties, { name: ['By a client'], category: ['one', 'two'] });
  await client.update(url, { replace: { content: ['Hello again.'] }, add: { category: ['three'] } });
  const after = await client.querySource(url);
  assert.deepEqual(after.properties.content, ['Hello again.']);
  assert.deepEqual(after.properties.category, ['one', 'two', 'three']);
  await client.delete(url);
  await client.undelete(url);
  const form = await client.create({ h: 'entry', content: 'By a form', category: ['one'] }, 'form');
  assert.match(form, /by-a-form/);
  await assert.rejects(client.update(url, { replace: { content: 'no list' } }), { status: 400 });
  const stranger = new Micropub({ micropubEndpoint, token: 'nosuch' });
  await assert.rejects(stranger.create({ h: 'entry', content: 'x' }), { status: 401 });
  console.log('done ' + url);
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exit(1);
});
