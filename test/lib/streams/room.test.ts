import { describe, expect, it } from 'vitest';
import { Room } from '../../../src/lib/streams/room.js';

/** What has entered by now, in the order of entering. */
function visitors(room: Room) {
  const entered: string[] = [];
  const enter = (name: string, bytes: number) =>
    room.take(bytes).then(reservation => {
      entered.push(name);
      return reservation;
    });
  return { entered, enter };
}

const settled = (): Promise<unknown> => new Promise(resolve => setImmediate(resolve));

describe('a room', () => {
  it('lets in what fits, and the others in line when somebody leaves', async () => {
    const { entered, enter } = visitors(new Room(10));
    const first = await enter('first', 6);
    const second = await enter('second', 4);
    void enter('third', 5);
    void enter('fourth', 1);
    await settled();
    // The fourth would fit nowhere either, and does not pass the third.
    expect(entered).toEqual(['first', 'second']);
    second.free();
    await settled();
    expect(entered).toEqual(['first', 'second']);
    first.free();
    await settled();
    expect(entered).toEqual(['first', 'second', 'third', 'fourth']);
  });

  it('keeps the line: who is small does not starve who is large', async () => {
    const { entered, enter } = visitors(new Room(10));
    const first = await enter('first', 8);
    void enter('large', 9);
    void enter('small', 1);
    await settled();
    expect(entered).toEqual(['first']);
    first.free();
    await settled();
    expect(entered).toEqual(['first', 'large', 'small']);
  });

  it('lets in alone what is larger than itself', async () => {
    const { entered, enter } = visitors(new Room(10));
    const huge = await enter('huge', 100);
    void enter('next', 1);
    await settled();
    expect(entered).toEqual(['huge']);
    huge.free();
    await settled();
    expect(entered).toEqual(['huge', 'next']);
  });

  it('takes what is really needed into account, more or less than was asked for', async () => {
    const { entered, enter } = visitors(new Room(10));
    const first = await enter('first', 2);
    first.resize(15);
    void enter('second', 1);
    await settled();
    expect(entered).toEqual(['first']);
    first.resize(9);
    await settled();
    expect(entered).toEqual(['first', 'second']);
  });

  it('is given back once, however often that is said', async () => {
    const { entered, enter } = visitors(new Room(10));
    const first = await enter('first', 5);
    await enter('second', 5);
    first.free();
    first.free();
    await enter('third', 5);
    void enter('fourth', 5);
    await settled();
    expect(entered).toEqual(['first', 'second', 'third']);
  });
});
