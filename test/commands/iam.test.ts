import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { conditionsOf, leastPolicy } from '../../src/commands/iam-policy.js';
import { runIam } from '../../src/commands/iam-run.js';
import { declareVerb } from '../../src/commands/verb.js';
import { parseTableRef } from '../../src/lib/aws/arn.js';
import { ExitCode } from '../../src/lib/model/error.js';
import { fakeClock } from '../support/fake-clock.js';
import { type FakeContextOptions, fakeContext } from '../support/fake-context.js';
import { runDdbx } from '../support/run-ddbx.js';

const nowhere = { region: undefined, account: undefined, table: undefined };

function smallTree(): Promise<Command> {
  const program = new Command('ddbx');
  const streams = program.command('streams');
  declareVerb(streams.command('tail <table>'), {
    examples: [],
    iam: [
      { action: 'dynamodb:GetRecords', resource: 'stream' },
      { action: 'dynamodb:DescribeTable', resource: 'table', when: 'a table is named' },
    ],
  });
  declareVerb(streams.command('enable <table>'), {
    examples: [],
    iam: [{ action: 'dynamodb:DescribeTable', resource: 'table' }],
  });
  declareVerb(program.command('demo'), { examples: [], iam: [] });
  return Promise.resolve(program);
}

async function iam(
  words: readonly string[],
  table?: string,
  account?: string,
  globals?: FakeContextOptions['globals'],
) {
  const context = fakeContext({ clock: fakeClock(0), ...(globals === undefined ? {} : { globals }) });
  const code = await runIam(
    { words, table: table === undefined ? undefined : parseTableRef(table), account, wholeTree: smallTree },
    context,
  );
  return { code, stdout: context.io.stdoutText, stderr: context.io.stderrText };
}

describe('leastPolicy', () => {
  it('makes one statement for each resource, with the actions sorted and named once', () => {
    const policy = leastPolicy(
      [
        { action: 'dynamodb:GetRecords', resource: 'stream' },
        { action: 'dynamodb:DescribeStream', resource: 'stream' },
        { action: 'dynamodb:GetRecords', resource: 'stream' },
        { action: 'dynamodb:ListStreams' },
        { action: 'lambda:InvokeFunction', resource: 'function' },
        { action: 'lambda:GetEventSourceMapping', resource: 'mapping' },
      ],
      { region: 'eu-west-1', account: '111122223333', table: 'Orders' },
    );
    expect(policy).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'AlwaysStream',
          Effect: 'Allow',
          Action: ['dynamodb:DescribeStream', 'dynamodb:GetRecords'],
          Resource: 'arn:aws:dynamodb:eu-west-1:111122223333:table/Orders/stream/*',
        },
        {
          Sid: 'AlwaysMapping',
          Effect: 'Allow',
          Action: ['lambda:GetEventSourceMapping'],
          Resource: 'arn:aws:lambda:eu-west-1:111122223333:event-source-mapping:*',
        },
        {
          Sid: 'AlwaysFunction',
          Effect: 'Allow',
          Action: ['lambda:InvokeFunction'],
          Resource: 'arn:aws:lambda:eu-west-1:111122223333:function:*',
        },
        { Sid: 'AlwaysAnywhere', Effect: 'Allow', Action: ['dynamodb:ListStreams'], Resource: '*' },
      ],
    });
  });

  it('allows what is done in all Regions of a table in every Region, whichever one is named', () => {
    const needs = [
      { action: 'dynamodb:UpdateTable', resource: 'table' },
      { action: 'dynamodb:DescribeTable', resource: 'table', everyRegion: true },
      { action: 'kms:DescribeKey', resource: 'key', everyRegion: true, when: 'a table has a KMS key' },
    ] as const;
    const places = (region: string | undefined) =>
      leastPolicy(needs, { region, account: '111122223333', table: 'Orders' }).Statement.map(({ Sid, Resource }) => [
        Sid,
        Resource,
      ]);
    expect(places('eu-west-1')).toEqual([
      ['AlwaysTable', 'arn:aws:dynamodb:eu-west-1:111122223333:table/Orders'],
      ['AlwaysTableInEveryRegion', 'arn:aws:dynamodb:*:111122223333:table/Orders'],
      ['SometimesKeyInEveryRegion', 'arn:aws:kms:*:111122223333:key/*'],
    ]);
    expect(places(undefined)).toEqual([
      ['AlwaysTable', 'arn:aws:dynamodb:*:111122223333:table/Orders'],
      ['SometimesKey', 'arn:aws:kms:*:111122223333:key/*'],
    ]);
    expect(places('cn-north-1')[1]).toEqual([
      'AlwaysTableInEveryRegion',
      'arn:aws-cn:dynamodb:*:111122223333:table/Orders',
    ]);
  });

  it('lets only the service that replicates have its role made', () => {
    const { Statement } = leastPolicy([{ action: 'iam:CreateServiceLinkedRole', resource: 'replication-role' }], {
      ...nowhere,
      account: '111122223333',
    });
    const service = 'replication.dynamodb.amazonaws.com';
    expect(Statement).toEqual([
      {
        Sid: 'AlwaysReplicationRole',
        Effect: 'Allow',
        Action: ['iam:CreateServiceLinkedRole'],
        Resource: `arn:aws:iam::111122223333:role/aws-service-role/${service}/*`,
        Condition: { StringEquals: { 'iam:AWSServiceName': service } },
      },
    ]);
  });

  it.each([
    ['queue', 'arn:aws:sqs:us-east-1:*:*'],
    ['topic', 'arn:aws:sns:us-east-1:*:*'],
    ['bucket', 'arn:aws:s3:::*'],
    ['object', 'arn:aws:s3:::*/*'],
    ['key', 'arn:aws:kms:us-east-1:*:key/*'],
  ] as const)('names the ARN of a %s as IAM wants it', (resource, arn) => {
    const { Statement } = leastPolicy([{ action: 'a:B', resource }], { ...nowhere, region: 'us-east-1' });
    expect(Statement.map(each => each.Resource)).toEqual([arn]);
  });

  it('keeps what is needed only sometimes apart, unless something else needs it always', () => {
    const needs = [
      { action: 'dynamodb:DescribeTable', resource: 'table', when: 'a table is named' },
      { action: 'dynamodb:DescribeTable', resource: 'table' },
      { action: 'dynamodb:ListTables', when: 'names are suggested' },
      { action: 'dynamodb:ListTables', when: '--all is given' },
    ] as const;
    expect(leastPolicy(needs, nowhere).Statement.map(({ Sid, Action }) => [Sid, ...Action])).toEqual([
      ['AlwaysTable', 'dynamodb:DescribeTable'],
      ['SometimesAnywhere', 'dynamodb:ListTables'],
    ]);
    expect(conditionsOf(needs)).toEqual([
      { action: 'dynamodb:ListTables', when: 'names are suggested; --all is given' },
    ]);
  });

  it.each([
    [undefined, 'arn:aws:dynamodb:*:*:table/*'],
    ['us-east-1', 'arn:aws:dynamodb:us-east-1:*:table/*'],
    ['cn-north-1', 'arn:aws-cn:dynamodb:cn-north-1:*:table/*'],
    ['us-gov-west-1', 'arn:aws-us-gov:dynamodb:us-gov-west-1:*:table/*'],
    ['eusc-de-east-1', 'arn:aws-eusc:dynamodb:eusc-de-east-1:*:table/*'],
  ])('for the Region %s names %s', (region, arn) => {
    const { Statement } = leastPolicy([{ action: 'dynamodb:DescribeTable', resource: 'table' }], {
      ...nowhere,
      region,
    });
    expect(Statement.map(statement => statement.Resource)).toEqual([arn]);
  });
});

describe('ddbx iam', () => {
  it('prints the policy on stdout and the conditions on stderr', async () => {
    const { code, stdout, stderr } = await iam(['streams', 'tail']);
    expect(code).toBe(ExitCode.done);
    expect(JSON.parse(stdout)).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'AlwaysStream',
          Effect: 'Allow',
          Action: ['dynamodb:GetRecords'],
          Resource: 'arn:aws:dynamodb:*:*:table/*/stream/*',
        },
        {
          Sid: 'SometimesTable',
          Effect: 'Allow',
          Action: ['dynamodb:DescribeTable'],
          Resource: 'arn:aws:dynamodb:*:*:table/*',
        },
      ],
    });
    expect(stderr).toContain('dynamodb:DescribeTable is needed only when a table is named.\n');
    expect(stderr).toContain('--table, --region and --account narrow it.');
  });

  it('joins what all verbs of a noun need', async () => {
    const { stdout, stderr } = await iam(['streams']);
    expect(stdout).toContain('"Sid": "AlwaysTable"');
    expect(stdout).not.toContain('Sometimes');
    expect(stderr).not.toContain('needed only');
  });

  it('takes the place from an ARN', async () => {
    const { stdout, stderr } = await iam(['streams', 'enable'], 'arn:aws:dynamodb:eu-west-1:111122223333:table/Orders');
    expect(stdout).toContain('"arn:aws:dynamodb:eu-west-1:111122223333:table/Orders"');
    expect(stderr).toBe('');
  });

  it('refuses an ARN that contradicts the flags', async () => {
    const arn = 'arn:aws:dynamodb:eu-west-1:111122223333:table/Orders';
    await expect(iam(['streams'], arn, '444455556666')).rejects.toThrow('--account contradicts the ARN of Orders.');
    await expect(iam(['streams'], arn, undefined, { region: 'us-east-1' })).rejects.toThrow(
      '--region contradicts the ARN of Orders.',
    );
  });

  it('says when nothing is needed', async () => {
    const { code, stdout, stderr } = await iam(['demo']);
    expect({ code, stdout, stderr }).toEqual({
      code: ExitCode.done,
      stdout: '',
      stderr: 'ddbx demo asks nothing of AWS: it needs no policy.\n',
    });
  });

  it('prints one line with --output ndjson', async () => {
    const { stdout } = await iam(['streams', 'enable'], undefined, undefined, { output: 'ndjson' });
    expect(stdout.split('\n')).toHaveLength(2);
  });

  it('lists the known commands for one that it does not know', async () => {
    await expect(iam(['stream', 'tail'])).rejects.toMatchObject({
      exitCode: ExitCode.usage,
      message: 'ddbx has no command "stream tail"; did you mean "streams tail"?',
      hint: 'It has: streams tail, streams enable, demo.',
    });
    await expect(iam(['streams', 'tai'])).rejects.toMatchObject({ exitCode: ExitCode.usage });
  });
});

describe('the command line of ddbx iam', () => {
  it('reads the declarations of the real verbs', async () => {
    const { code, stdout } = await runDdbx(['iam', 'streams', 'enable', '--table', 'Orders', '--region', 'eu-west-1']);
    expect(code).toBe(ExitCode.done);
    expect(stdout).toContain('"dynamodb:UpdateTable"');
    expect(stdout).toContain('"arn:aws:dynamodb:eu-west-1:*:table/Orders"');
  });

  it('covers all verbs of a noun, and says that a global table is not in one Region', async () => {
    const { code, stdout, stderr } = await runDdbx(['iam', 'global', '--table', 'Orders', '--region', 'eu-west-1']);
    expect(code).toBe(ExitCode.done);
    expect(stdout).toContain('"dynamodb:DeleteTableReplica"');
    expect(stdout).toContain('"arn:aws:dynamodb:*:*:table/Orders"');
    expect(stdout).toContain('"arn:aws:dynamodb:eu-west-1:*:table/Orders"');
    expect(stderr).toContain('A global table is worked on in all of its Regions');
  });

  it('covers every command with --all', async () => {
    const { code, stdout } = await runDdbx(['iam', '--all']);
    expect(code).toBe(ExitCode.done);
    for (const action of ['dynamodb:UpdateTable', 'dynamodb:GetRecords', 'dynamodb:ListStreams']) {
      expect(stdout).toContain(action);
    }
  });

  it.each([
    [['iam'], 'Which command is the policy for?'],
    [['iam', '--all', 'streams'], '--all and a command contradict each other.'],
    [['iam', 'streams', '--account', '12'], '"12" is not an AWS account id.'],
  ])('refuses %j', async (argv, message) => {
    const { code, stdout, stderr } = await runDdbx(argv);
    expect(code).toBe(ExitCode.usage);
    expect(stdout).toBe('');
    expect(stderr).toContain(message);
  });
});
