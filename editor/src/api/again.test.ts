import {expect, test} from 'vitest';
import {Again} from './again';

// Readings that end when they are told to.
function readings() {
  const ends: ((error?: Error) => void)[] = [];
  const again = new Again(() => new Promise<void>((resolve, reject) => ends.push((error) => (error ? reject(error) : resolve()))));
  return {again, ends};
}
const turn = () => new Promise((resolve) => setTimeout(resolve));

test('who asks while it is read waits for one reading more, together with all others', async () => {
  const {again, ends} = readings();
  const first = again.ask(), second = again.ask(), third = again.ask();
  expect(ends.length).toBe(1);
  ends[0]!();
  await first;
  await turn();
  expect(ends.length).toBe(2);
  ends[1]!();
  await Promise.all([second, third]);
  expect(ends.length).toBe(2);
});

test('two never run beside each other', async () => {
  const {again, ends} = readings();
  void again.ask();
  const second = again.ask();
  ends[0]!();
  await turn();
  const third = again.ask();
  await turn();
  expect(ends.length).toBe(2);
  ends[1]!();
  await second;
  await turn();
  expect(ends.length).toBe(3);
  ends[2]!();
  await third;
});

test('a reading that fails fails for who asked for it alone', async () => {
  const {again, ends} = readings();
  const first = again.ask(), second = again.ask();
  ends[0]!(new Error('not reached'));
  await expect(first).rejects.toThrow('not reached');
  await turn();
  ends[1]!();
  await second;
  expect(ends.length).toBe(2);
});
