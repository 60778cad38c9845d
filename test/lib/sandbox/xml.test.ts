import { describe, expect, it } from 'vitest';
import { queryMembers } from '../../../src/lib/sandbox/http/query-input.js';
import { xmlElement, xmlTexts } from '../../../src/lib/sandbox/http/xml.js';

describe('XML', () => {
  it('wraps lists and maps as the query protocol does, and repeats lists as S3 does', () => {
    const value = { Topics: [{ Arn: 'a' }, { Arn: 'b' }], Attributes: new Map([['x', '1']]), Next: undefined };
    expect(xmlElement('R', value)).toBe(
      '<R><Topics><member><Arn>a</Arn></member><member><Arn>b</Arn></member></Topics><Attributes><entry><key>x</key><value>1</value></entry></Attributes></R>',
    );
    expect(xmlElement('R', { Contents: [{ Key: 'a' }, { Key: 'b' }], Count: 2 }, 'flat')).toBe(
      '<R><Contents><Key>a</Key></Contents><Contents><Key>b</Key></Contents><Count>2</Count></R>',
    );
  });

  it('escapes what it writes, and reads what others have escaped', () => {
    const text = 'a<b>&"c"\r\n\'ä😀';
    expect(xmlTexts(xmlElement('Key', text), 'Key')).toEqual([text]);
    expect(xmlTexts('<D><Key a="1">&#65;&#x1F600;&apos;&nbsp;</Key><KeyX>no</KeyX><Key/></D>', 'Key')).toEqual([
      "A😀'&nbsp;",
    ]);
  });
});

describe('the form of the query protocol', () => {
  it('becomes structures, lists in the order of their numbers, and maps by either name of their keys', () => {
    const form = new URLSearchParams([
      ['Action', 'Publish'],
      ['Entries.member.2.Id', 'b'],
      ['Entries.member.10.Id', 'c'],
      ['Entries.member.1.Id', 'a'],
      ['Attributes.entry.1.key', 'RawMessageDelivery'],
      ['Attributes.entry.1.value', 'true'],
      ['MessageAttributes.entry.1.Name', 'kind'],
      ['MessageAttributes.entry.1.Value.DataType', 'String'],
      ['MessageAttributes.entry.1.Value.StringValue', 'a.b & c'],
    ]);
    expect(queryMembers(form)).toEqual({
      Action: 'Publish',
      Entries: [{ Id: 'a' }, { Id: 'b' }, { Id: 'c' }],
      Attributes: { RawMessageDelivery: 'true' },
      MessageAttributes: { kind: { DataType: 'String', StringValue: 'a.b & c' } },
    });
  });
});
