import { describe, expect, it } from 'vitest';
import { awsDefaults, type MappingSettings } from '../../../src/lib/aws/mapping-settings.js';
import {
  planChangedSettings,
  planNewSettings,
  refuseContradictions,
  sentSettings,
  settingsAfter,
} from '../../../src/lib/esm/plan-settings.js';
import { presetNames, presets, safeDefaults } from '../../../src/lib/esm/presets.js';
import { explainSettings } from '../../../src/lib/esm/explain.js';

const nothing = { typed: {}, preset: {} };

describe('the settings of a new mapping', () => {
  it('survive a poison record where nothing is said', () => {
    const plan = planNewSettings(nothing);
    expect(settingsAfter(plan)).toEqual({ ...awsDefaults, ...safeDefaults });
    expect(sentSettings(plan)).toEqual({
      maximumRetryAttempts: 5,
      maximumRecordAgeSeconds: 43_200,
      bisectBatchOnFunctionError: true,
    });
    const sources = Object.fromEntries(plan.map(({ name, source }) => [name, source]));
    expect(sources).toMatchObject({ batchSize: 'aws', maximumRetryAttempts: 'ddbx', filters: 'aws', onFailure: 'aws' });
  });

  it('are what was typed first, then the preset, then safe', () => {
    const plan = planNewSettings({ typed: { batchSize: 7 }, preset: presets['high-throughput'].settings });
    const of = (name: keyof MappingSettings) => plan.find(setting => setting.name === name);
    expect(of('batchSize')).toMatchObject({ after: 7, source: 'typed' });
    expect(of('parallelizationFactor')).toMatchObject({ after: 10, source: 'preset' });
    expect(of('tumblingWindowSeconds')).toMatchObject({ after: 0, source: 'aws' });
  });

  it('can be what AWS would do, when it is asked for', () => {
    const typed = { maximumRetryAttempts: -1, bisectBatchOnFunctionError: false };
    expect(settingsAfter(planNewSettings({ typed, preset: {} }))).toMatchObject(typed);
  });
});

describe('the settings of a mapping that is there', () => {
  it('stay as they are, but for what was asked', () => {
    const current = { ...awsDefaults, maximumRetryAttempts: 3, filters: ['a', 'b'] };
    const plan = planChangedSettings(current, {
      typed: { batchSize: 200, filters: ['b', 'a'] },
      preset: { maximumRetryAttempts: 3 },
    });
    expect(sentSettings(plan)).toEqual({ batchSize: 200 });
    expect(plan.filter(({ changes }) => changes)).toEqual([
      { name: 'batchSize', before: 100, after: 200, source: 'typed', changes: true },
    ]);
  });

  it('change nothing when everything is as wanted', () => {
    expect(sentSettings(planChangedSettings(awsDefaults, { typed: awsDefaults, preset: {} }))).toEqual({});
  });

  it('send filters that could not be compared with encrypted ones', () => {
    const current = { ...awsDefaults, filters: undefined };
    expect(sentSettings(planChangedSettings(current, { typed: { filters: ['a'] }, preset: {} }))).toEqual({
      filters: ['a'],
    });
    expect(sentSettings(planChangedSettings(current, nothing))).toEqual({});
  });
});

describe('contradictions', () => {
  it('of window and age are refused', () => {
    expect(() =>
      refuseContradictions({ ...awsDefaults, maximumRecordAgeSeconds: 60, maximumBatchingWindowSeconds: 60 }),
    ).toThrow(
      expect.objectContaining({ exitCode: 2, hint: expect.stringContaining('--maximum-batching-window') as string }),
    );
    refuseContradictions({ ...awsDefaults, maximumBatchingWindowSeconds: 300 });
    refuseContradictions({ ...awsDefaults, maximumRecordAgeSeconds: 61, maximumBatchingWindowSeconds: 60 });
  });
});

describe('the presets', () => {
  it.each(presetNames)('%s keeps to the ranges, ends every retry, and can be explained', name => {
    const { settings, why } = presets[name];
    const after = { ...awsDefaults, ...settings };
    refuseContradictions(after);
    const explained = explainSettings(after, 3_000);
    expect(explained.failingInvocations).toBeLessThan(30);
    expect(explained.worstBlockMs).toBeLessThanOrEqual(43_200_000);
    expect(why).toMatch(/\.$/);
  });
});
