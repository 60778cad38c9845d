# PowerShell completion for ddbx; made by `ddbx completion powershell`.
# Typed words are compared and passed on, never expanded or run.

$global:ddbxTree = @{
  '' = @{
    commands = [ordered]@{ 'streams' = 'enable, reshape, read and watch DynamoDB Streams'; 'esm' = 'attach, tune, lint and repair the Lambda triggers of streams'; 'filter' = 'check, try and measure the filters of event source mappings'; 'global' = 'add, watch, check and compare the Regions of global tables'; 'dlq' = 'turn the pointers of failure queues back into records'; 'cost' = 'what replicated writes, streams and triggers cost'; 'sandbox' = 'a local AWS to try everything on'; 'demo' = 'a tour of ddbx on a sandbox of its own'; 'wait' = 'wait until a table or its stream reaches a state'; 'doctor' = 'show what ddbx would use: Region, credentials, endpoint, proxy'; 'iam' = 'print the least IAM policy for a command'; 'completion' = 'print the completion script for a shell'; 'help' = 'print help for a command' }
    options = [ordered]@{}
    arguments = @()
    variadic = $false
  }
  'streams' = @{
    commands = [ordered]@{ 'list' = 'show every stream: enabled ones, and older ones that can still be read'; 'describe' = 'show the shards of a stream as a tree of lineage, and how old their records are'; 'enable' = 'turn a table''s stream on'; 'disable' = 'turn a table''s stream off; what it holds stays readable for up to 24 hours'; 'set-view' = 'change what a stream records, by replacing it with a new stream'; 'tail' = 'watch the records of one or more streams as they come'; 'export' = 'write what a stream still holds to a file, resumably'; 'replay' = 'feed recorded or live records to a consumer in batches, as Lambda would'; 'stats' = 'measure a stream: rates, sizes, hottest keys, lag, deletes by TTL'; 'help' = 'print help for a command' }
    options = [ordered]@{}
    arguments = @()
    variadic = $false
  }
  'streams list' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--table' = @{ description = 'the streams of one table, in all its replicas'; from = 'table'; names = @(); list = $false }
      '--all' = @{ description = 'tables without a stream too, and streams that are empty by now'; from = ''; names = @(); list = $false }
      '--regions' = @{ description = 'look in these Regions'; from = 'region'; names = @(); list = $true }
    }
    arguments = @()
    variadic = $false
  }
  'streams describe' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--no-peek' = @{ description = 'do not read the oldest record of each shard (one GetRecords request each)'; from = ''; names = @(); list = $false }
    }
    arguments = @(@{ from = 'table'; names = @() })
    variadic = $false
  }
  'streams enable' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--view' = @{ description = 'what of an item the stream records'; from = 'names'; names = @('keys-only', 'new-image', 'old-image', 'new-and-old-images'); list = $false }
      '--no-wait' = @{ description = 'do not wait until the table is ACTIVE again'; from = ''; names = @(); list = $false }
      '--dry-run' = @{ description = 'run all checks, print the plan and the calls, change nothing'; from = ''; names = @(); list = $false }
      '--yes' = @{ description = 'do not ask'; from = ''; names = @(); list = $false }
      '--show-aws' = @{ description = 'print the equivalent aws command lines'; from = ''; names = @(); list = $false }
    }
    arguments = @(@{ from = 'table'; names = @() })
    variadic = $false
  }
  'streams disable' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--no-wait' = @{ description = 'do not wait until the table is ACTIVE again'; from = ''; names = @(); list = $false }
      '--dry-run' = @{ description = 'run all checks, print the plan and the calls, change nothing'; from = ''; names = @(); list = $false }
      '--yes' = @{ description = 'do not ask'; from = ''; names = @(); list = $false }
      '--show-aws' = @{ description = 'print the equivalent aws command lines'; from = ''; names = @(); list = $false }
    }
    arguments = @(@{ from = 'table'; names = @() })
    variadic = $false
  }
  'streams set-view' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--view' = @{ description = 'what of an item the stream records'; from = 'names'; names = @('keys-only', 'new-image', 'old-image', 'new-and-old-images'); list = $false }
      '--repoint' = @{ description = 'then move every mapping that it orphans, as ddbx esm repoint does'; from = ''; names = @(); list = $false }
      '--now' = @{ description = 'with --repoint: skip what is left of the old stream'; from = ''; names = @(); list = $false }
      '--dry-run' = @{ description = 'run all checks, print the plan and the calls, change nothing'; from = ''; names = @(); list = $false }
      '--yes' = @{ description = 'do not ask'; from = ''; names = @(); list = $false }
      '--show-aws' = @{ description = 'print the equivalent aws command lines'; from = ''; names = @(); list = $false }
    }
    arguments = @(@{ from = 'table'; names = @() })
    variadic = $false
  }
  'streams tail' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--from' = @{ description = 'latest (the default), trim-horizon, or a sequence number with --shard'; from = 'nothing'; names = @(); list = $false }
      '--since' = @{ description = 'records from then on: 15m, "2h ago" or an ISO 8601 instant'; from = 'nothing'; names = @(); list = $false }
      '--until' = @{ description = 'stop at this instant'; from = 'nothing'; names = @(); list = $false }
      '--no-follow' = @{ description = 'read to the end as it is now, then stop'; from = ''; names = @(); list = $false }
      '--limit' = @{ description = 'stop after n records'; from = 'nothing'; names = @(); list = $false }
      '--checkpoint' = @{ description = 'go on where the last run with this file stopped, and keep it up to date'; from = 'files'; names = @(); list = $false }
      '--event' = @{ description = 'records of these events'; from = 'names'; names = @('insert', 'modify', 'remove'); list = $true }
      '--key' = @{ description = 'records of this key; repeat it for the sort key'; from = 'nothing'; names = @(); list = $false }
      '--changed' = @{ description = 'MODIFYs that changed this attribute'; from = 'nothing'; names = @(); list = $false }
      '--shard' = @{ description = 'records of this shard'; from = 'nothing'; names = @(); list = $false }
      '--ttl' = @{ description = 'deletes by TTL'; from = 'names'; names = @('only', 'exclude'); list = $false }
      '--filter' = @{ description = 'records that this filter of an event source mapping lets through; repeat it for alternatives'; from = 'files'; names = @(); list = $false }
      '--as-mapping' = @{ description = 'records that this mapping lets through: its UUID, ARN, or table:function'; from = 'nothing'; names = @(); list = $false }
      '--regions' = @{ description = 'the streams of these Regions, for the replicas of a table'; from = 'region'; names = @(); list = $true }
      '--order' = @{ description = 'of several shards'; from = 'names'; names = @('arrival', 'time'); list = $false }
      '--wide' = @{ description = 'show whole images'; from = ''; names = @(); list = $false }
      '--template' = @{ description = 'such as ''{{at}} {{event}} {{keys}} {{new.status}}'''; from = 'nothing'; names = @(); list = $false }
      '--record' = @{ description = 'the form of ndjson: as Lambda receives it, or ordinary JSON'; from = 'names'; names = @('lambda', 'plain'); list = $false }
      '--redact' = @{ description = 'hide the values of these'; from = 'nothing'; names = @(); list = $true }
      '--poll-interval' = @{ description = 'between polls of an idle shard'; from = 'nothing'; names = @(); list = $false }
      '--max-rps' = @{ description = 'GetRecords calls a second, over all shards'; from = 'nothing'; names = @(); list = $false }
      '--max-wait' = @{ description = 'how long to bear an endpoint that fails'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @(@{ from = 'table'; names = @() })
    variadic = $true
  }
  'streams export' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--to' = @{ description = 'an .ndjson or .ndjson.gz file, or - for stdout'; from = 'files'; names = @(); list = $false }
      '--overwrite' = @{ description = 'begin anew when the file exists'; from = ''; names = @(); list = $false }
      '--from' = @{ description = 'the oldest record'; from = 'names'; names = @('trim-horizon'); list = $false }
      '--since' = @{ description = 'records from then on: 6h, "2h ago" or an ISO 8601 instant'; from = 'nothing'; names = @(); list = $false }
      '--until' = @{ description = 'records before this instant'; from = 'nothing'; names = @(); list = $false }
      '--redact' = @{ description = 'hide the values of these'; from = 'nothing'; names = @(); list = $true }
      '--filter' = @{ description = 'records that this filter of an event source mapping lets through; repeat it for alternatives'; from = 'files'; names = @(); list = $false }
      '--as-mapping' = @{ description = 'records that this mapping lets through: its UUID, ARN, or table:function'; from = 'nothing'; names = @(); list = $false }
      '--poll-interval' = @{ description = 'between polls of an idle shard'; from = 'nothing'; names = @(); list = $false }
      '--max-rps' = @{ description = 'GetRecords calls a second, over all shards'; from = 'nothing'; names = @(); list = $false }
      '--max-wait' = @{ description = 'how long to bear an endpoint that fails'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @(@{ from = 'table'; names = @() })
    variadic = $false
  }
  'streams replay' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--to' = @{ description = 'lambda:<function>, module:<file>[#<export>] or http://localhost...'; from = 'nothing'; names = @(); list = $false }
      '--batch-size' = @{ description = 'records, at most'; from = 'nothing'; names = @(); list = $false }
      '--window' = @{ description = 'how long to gather live records for a batch'; from = 'nothing'; names = @(); list = $false }
      '--maximum-retry-attempts' = @{ description = 'how often a failed batch is sent again'; from = 'nothing'; names = @(); list = $false }
      '--retries' = @{ description = 'how often a failed batch is sent again'; from = 'nothing'; names = @(); list = $false }
      '--bisect-batch-on-function-error' = @{ description = 'halve a failed batch until the record that fails stands alone'; from = ''; names = @(); list = $false }
      '--invoke-timeout' = @{ description = 'how long one batch may take'; from = 'nothing'; names = @(); list = $false }
      '--from' = @{ description = 'of a table: trim-horizon, or latest with --follow'; from = 'names'; names = @('latest', 'trim-horizon'); list = $false }
      '--since' = @{ description = 'records from then on: 15m, "2h ago" or an ISO 8601 instant'; from = 'nothing'; names = @(); list = $false }
      '--until' = @{ description = 'records before this instant'; from = 'nothing'; names = @(); list = $false }
      '--follow' = @{ description = 'of a table: go on with new records'; from = ''; names = @(); list = $false }
      '--limit' = @{ description = 'send n records at most'; from = 'nothing'; names = @(); list = $false }
      '--event' = @{ description = 'insert, modify, remove'; from = 'nothing'; names = @(); list = $true }
      '--filter' = @{ description = 'records that this filter of an event source mapping lets through; repeat it for alternatives'; from = 'files'; names = @(); list = $false }
      '--as-mapping' = @{ description = 'records that this mapping lets through: its UUID, ARN, or table:function'; from = 'nothing'; names = @(); list = $false }
      '--poll-interval' = @{ description = 'between polls of an idle shard'; from = 'nothing'; names = @(); list = $false }
      '--max-rps' = @{ description = 'GetRecords calls a second, over all shards'; from = 'nothing'; names = @(); list = $false }
      '--max-wait' = @{ description = 'how long to bear an endpoint that fails'; from = 'nothing'; names = @(); list = $false }
      '--dry-run' = @{ description = 'run all checks, print the plan and the calls, change nothing'; from = ''; names = @(); list = $false }
      '--yes' = @{ description = 'do not ask'; from = ''; names = @(); list = $false }
      '--show-aws' = @{ description = 'print the equivalent aws command lines'; from = ''; names = @(); list = $false }
    }
    arguments = @(@{ from = 'files'; names = @() })
    variadic = $false
  }
  'streams stats' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--since' = @{ description = 'look back so far (10m, unless --follow)'; from = 'nothing'; names = @(); list = $false }
      '--follow' = @{ description = 'go on measuring, with a snapshot each interval, until Ctrl-C'; from = ''; names = @(); list = $false }
      '--top' = @{ description = 'how many of the hottest keys'; from = 'nothing'; names = @(); list = $false }
      '--interval' = @{ description = 'between two snapshots'; from = 'nothing'; names = @(); list = $false }
      '--filter' = @{ description = 'records that this filter of an event source mapping lets through; repeat it for alternatives'; from = 'files'; names = @(); list = $false }
      '--as-mapping' = @{ description = 'records that this mapping lets through: its UUID, ARN, or table:function'; from = 'nothing'; names = @(); list = $false }
      '--poll-interval' = @{ description = 'between polls of an idle shard'; from = 'nothing'; names = @(); list = $false }
      '--max-rps' = @{ description = 'GetRecords calls a second, over all shards'; from = 'nothing'; names = @(); list = $false }
      '--max-wait' = @{ description = 'how long to bear an endpoint that fails'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @(@{ from = 'table'; names = @() })
    variadic = $false
  }
  'streams help' = @{
    commands = [ordered]@{}
    options = [ordered]@{}
    arguments = @(@{ from = 'names'; names = @('list', 'describe', 'enable', 'disable', 'set-view', 'tail', 'export', 'replay', 'stats') })
    variadic = $false
  }
  'esm' = @{
    commands = [ordered]@{ 'list' = 'show the mappings of a table, of a function, or of the Region: state, lag, failures'; 'show' = 'show one mapping: its state, its lag, its failure queue, every setting'; 'attach' = 'make a function read a table''s stream, or change the mapping that does'; 'tune' = 'change settings of a mapping: prints old -> new, and does nothing when nothing changes'; 'pause' = 'stop a mapping from reading; it keeps its position for 24 hours'; 'resume' = 'let a mapping read on where it stopped'; 'repoint' = 'move a mapping to its table''s present stream, with the same settings'; 'detach' = 'remove a mapping; its position in the stream is lost'; 'lint' = 'find what will go wrong with mappings: retries, destinations, windows, readers, filters, queues'; 'explain' = 'say what happens to a record that fails: attempts, ages, splits, where it ends'; 'advise' = 'say what limits a mapping: parallelization, batch size, concurrency or the function'; 'blocked' = 'find the shard and the record at which a mapping stands'; 'help' = 'print help for a command' }
    options = [ordered]@{}
    arguments = @()
    variadic = $false
  }
  'esm list' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--function' = @{ description = 'the mappings of this function'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @(@{ from = 'table'; names = @() })
    variadic = $false
  }
  'esm show' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--emit' = @{ description = 'print it as a resource instead, to be kept in code'; from = 'names'; names = @('terraform', 'cloudformation'); list = $false }
    }
    arguments = @(@{ from = 'nothing'; names = @() })
    variadic = $false
  }
  'esm attach' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--starting-position' = @{ description = 'where a new mapping begins to read (trim-horizon)'; from = 'names'; names = @('trim-horizon', 'latest'); list = $false }
      '--enable-stream' = @{ description = 'turn the stream on with this view where it is off'; from = 'names'; names = @('keys-only', 'new-image', 'old-image', 'new-and-old-images'); list = $false }
      '--disabled' = @{ description = 'make the mapping, and let it read nothing yet'; from = ''; names = @(); list = $false }
      '--tag' = @{ description = 'a tag of the mapping; may be repeated'; from = 'nothing'; names = @(); list = $false }
      '--no-wait' = @{ description = 'do not wait until the mapping is enabled'; from = ''; names = @(); list = $false }
      '--batch-size' = @{ description = 'records in one invocation at most; 6 MB is the other limit; a whole number from 1 to 10000'; from = 'nothing'; names = @(); list = $false }
      '--maximum-batching-window' = @{ description = 'how long to gather records before an invocation; a duration from 0s to 5m (or whole seconds); also --window'; from = 'nothing'; names = @(); list = $false }
      '--parallelization-factor' = @{ description = 'batches of one shard in work at once; order is kept for each item; a whole number from 1 to 10; also --parallelization'; from = 'nothing'; names = @(); list = $false }
      '--maximum-retry-attempts' = @{ description = 'further attempts after the first one fails; a whole number from 0 to 10000, or infinite; also --retries'; from = 'nothing'; names = @(); list = $false }
      '--maximum-record-age' = @{ description = 'older records are given up; the stream itself keeps them 24 hours; a duration from 1m to 7d (or whole seconds), or infinite; also --record-age'; from = 'nothing'; names = @(); list = $false }
      '--bisect' = @{ description = 'halve a batch that fails, to find the record that does it'; from = ''; names = @(); list = $false }
      '--no-bisect' = @{ description = 'turn bisect off'; from = ''; names = @(); list = $false }
      '--report-batch-item-failures' = @{ description = 'the function answers with the records that failed, and only those are tried again'; from = ''; names = @(); list = $false }
      '--no-report-batch-item-failures' = @{ description = 'turn partial failures off'; from = ''; names = @(); list = $false }
      '--tumbling-window' = @{ description = 'group invocations into windows that hand state on; 0 for none; a duration from 0s to 15m (or whole seconds)'; from = 'nothing'; names = @(); list = $false }
      '--on-failure' = @{ description = 'where a note of records that were given up goes: a queue''s name, an ARN (SQS, SNS, S3), create, or none'; from = 'nothing'; names = @(); list = $false }
      '--filter' = @{ description = 'records that match none of these patterns are skipped; JSON or @file, may be repeated'; from = 'nothing'; names = @(); list = $false }
      '--no-filter' = @{ description = 'remove all filters'; from = ''; names = @(); list = $false }
      '--metrics' = @{ description = 'count events of this mapping in CloudWatch (EventCount, charged)'; from = ''; names = @(); list = $false }
      '--no-metrics' = @{ description = 'do not count them'; from = ''; names = @(); list = $false }
      '--kms-key' = @{ description = 'the key that encrypts the filters, or none'; from = 'nothing'; names = @(); list = $false }
      '--preset' = @{ description = 'a documented bundle of settings; single flags beat it'; from = 'names'; names = @('resilient', 'low-latency', 'high-throughput', 'cost'); list = $false }
      '--dry-run' = @{ description = 'run all checks, print the plan and the calls, change nothing'; from = ''; names = @(); list = $false }
      '--yes' = @{ description = 'do not ask'; from = ''; names = @(); list = $false }
      '--show-aws' = @{ description = 'print the equivalent aws command lines'; from = ''; names = @(); list = $false }
    }
    arguments = @(@{ from = 'table'; names = @() }, @{ from = 'table'; names = @() })
    variadic = $false
  }
  'esm tune' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--no-wait' = @{ description = 'do not wait until the change is done'; from = ''; names = @(); list = $false }
      '--batch-size' = @{ description = 'records in one invocation at most; 6 MB is the other limit; a whole number from 1 to 10000'; from = 'nothing'; names = @(); list = $false }
      '--maximum-batching-window' = @{ description = 'how long to gather records before an invocation; a duration from 0s to 5m (or whole seconds); also --window'; from = 'nothing'; names = @(); list = $false }
      '--parallelization-factor' = @{ description = 'batches of one shard in work at once; order is kept for each item; a whole number from 1 to 10; also --parallelization'; from = 'nothing'; names = @(); list = $false }
      '--maximum-retry-attempts' = @{ description = 'further attempts after the first one fails; a whole number from 0 to 10000, or infinite; also --retries'; from = 'nothing'; names = @(); list = $false }
      '--maximum-record-age' = @{ description = 'older records are given up; the stream itself keeps them 24 hours; a duration from 1m to 7d (or whole seconds), or infinite; also --record-age'; from = 'nothing'; names = @(); list = $false }
      '--bisect' = @{ description = 'halve a batch that fails, to find the record that does it'; from = ''; names = @(); list = $false }
      '--no-bisect' = @{ description = 'turn bisect off'; from = ''; names = @(); list = $false }
      '--report-batch-item-failures' = @{ description = 'the function answers with the records that failed, and only those are tried again'; from = ''; names = @(); list = $false }
      '--no-report-batch-item-failures' = @{ description = 'turn partial failures off'; from = ''; names = @(); list = $false }
      '--tumbling-window' = @{ description = 'group invocations into windows that hand state on; 0 for none; a duration from 0s to 15m (or whole seconds)'; from = 'nothing'; names = @(); list = $false }
      '--on-failure' = @{ description = 'where a note of records that were given up goes: a queue''s name, an ARN (SQS, SNS, S3), create, or none'; from = 'nothing'; names = @(); list = $false }
      '--filter' = @{ description = 'records that match none of these patterns are skipped; JSON or @file, may be repeated'; from = 'nothing'; names = @(); list = $false }
      '--no-filter' = @{ description = 'remove all filters'; from = ''; names = @(); list = $false }
      '--metrics' = @{ description = 'count events of this mapping in CloudWatch (EventCount, charged)'; from = ''; names = @(); list = $false }
      '--no-metrics' = @{ description = 'do not count them'; from = ''; names = @(); list = $false }
      '--kms-key' = @{ description = 'the key that encrypts the filters, or none'; from = 'nothing'; names = @(); list = $false }
      '--preset' = @{ description = 'a documented bundle of settings; single flags beat it'; from = 'names'; names = @('resilient', 'low-latency', 'high-throughput', 'cost'); list = $false }
      '--dry-run' = @{ description = 'run all checks, print the plan and the calls, change nothing'; from = ''; names = @(); list = $false }
      '--yes' = @{ description = 'do not ask'; from = ''; names = @(); list = $false }
      '--show-aws' = @{ description = 'print the equivalent aws command lines'; from = ''; names = @(); list = $false }
    }
    arguments = @(@{ from = 'nothing'; names = @() })
    variadic = $false
  }
  'esm pause' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--no-wait' = @{ description = 'do not wait until it is Disabled'; from = ''; names = @(); list = $false }
      '--dry-run' = @{ description = 'run all checks, print the plan and the calls, change nothing'; from = ''; names = @(); list = $false }
      '--yes' = @{ description = 'do not ask'; from = ''; names = @(); list = $false }
      '--show-aws' = @{ description = 'print the equivalent aws command lines'; from = ''; names = @(); list = $false }
    }
    arguments = @(@{ from = 'nothing'; names = @() })
    variadic = $false
  }
  'esm resume' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--no-wait' = @{ description = 'do not wait until it is Enabled'; from = ''; names = @(); list = $false }
      '--dry-run' = @{ description = 'run all checks, print the plan and the calls, change nothing'; from = ''; names = @(); list = $false }
      '--yes' = @{ description = 'do not ask'; from = ''; names = @(); list = $false }
      '--show-aws' = @{ description = 'print the equivalent aws command lines'; from = ''; names = @(); list = $false }
    }
    arguments = @(@{ from = 'nothing'; names = @() })
    variadic = $false
  }
  'esm repoint' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--now' = @{ description = 'do not wait until the old stream is read to its end: what is left of it is skipped'; from = ''; names = @(); list = $false }
      '--quiet-for' = @{ description = 'the old stream counts as read when nothing was read of it for so long'; from = 'nothing'; names = @(); list = $false }
      '--dry-run' = @{ description = 'run all checks, print the plan and the calls, change nothing'; from = ''; names = @(); list = $false }
      '--yes' = @{ description = 'do not ask'; from = ''; names = @(); list = $false }
      '--show-aws' = @{ description = 'print the equivalent aws command lines'; from = ''; names = @(); list = $false }
    }
    arguments = @(@{ from = 'nothing'; names = @() })
    variadic = $false
  }
  'esm detach' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--no-wait' = @{ description = 'do not wait until it is gone'; from = ''; names = @(); list = $false }
      '--dry-run' = @{ description = 'run all checks, print the plan and the calls, change nothing'; from = ''; names = @(); list = $false }
      '--yes' = @{ description = 'do not ask'; from = ''; names = @(); list = $false }
      '--show-aws' = @{ description = 'print the equivalent aws command lines'; from = ''; names = @(); list = $false }
    }
    arguments = @(@{ from = 'nothing'; names = @() })
    variadic = $false
  }
  'esm lint' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'every mapping of a DynamoDB stream in the Region'; from = ''; names = @(); list = $false }
      '--fail-on' = @{ description = 'exit 4 from this severity on'; from = 'names'; names = @('error', 'warn'); list = $false }
    }
    arguments = @(@{ from = 'table'; names = @() })
    variadic = $false
  }
  'esm explain' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--preset' = @{ description = 'as it would be with this preset'; from = 'names'; names = @('resilient', 'low-latency', 'high-throughput', 'cost'); list = $false }
    }
    arguments = @(@{ from = 'nothing'; names = @() })
    variadic = $false
  }
  'esm advise' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--since' = @{ description = 'how far back to measure'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @(@{ from = 'nothing'; names = @() })
    variadic = $false
  }
  'esm blocked' = @{
    commands = [ordered]@{}
    options = [ordered]@{}
    arguments = @(@{ from = 'nothing'; names = @() })
    variadic = $false
  }
  'esm help' = @{
    commands = [ordered]@{}
    options = [ordered]@{}
    arguments = @(@{ from = 'names'; names = @('list', 'show', 'attach', 'tune', 'pause', 'resume', 'repoint', 'detach', 'lint', 'explain', 'advise', 'blocked') })
    variadic = $false
  }
  'filter' = @{
    commands = [ordered]@{ 'check' = 'say whether Lambda takes a filter, and what it does not do although it seems to'; 'test' = 'print the recorded records that pass a filter'; 'explain' = 'say why a record passes a filter or does not: for each path, what is wanted and what is there'; 'measure' = 'say how many of the records of a stream pass a filter, and what the consumer would not see'; 'import' = 'print the filters of an event source mapping, as the other verbs take them'; 'help' = 'print help for a command' }
    options = [ordered]@{}
    arguments = @()
    variadic = $false
  }
  'filter check' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--view' = @{ description = 'what of an item the stream records'; from = 'names'; names = @('keys-only', 'new-image', 'old-image', 'new-and-old-images'); list = $false }
      '--fail-on' = @{ description = 'the mildest finding that ends with exit code 4'; from = 'names'; names = @('error', 'warning', 'note'); list = $false }
    }
    arguments = @(@{ from = 'files'; names = @() })
    variadic = $true
  }
  'filter test' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--records' = @{ description = 'NDJSON (.gz too), a JSON array or a Lambda event; - for stdin'; from = 'files'; names = @(); list = $false }
      '--invert' = @{ description = 'print those that do not pass'; from = ''; names = @(); list = $false }
    }
    arguments = @(@{ from = 'files'; names = @() })
    variadic = $true
  }
  'filter explain' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--record' = @{ description = 'a record, or several as filter test takes them; - for stdin'; from = 'files'; names = @(); list = $false }
    }
    arguments = @(@{ from = 'files'; names = @() })
    variadic = $true
  }
  'filter measure' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--table' = @{ description = 'table name, table ARN or stream ARN'; from = 'table'; names = @(); list = $false }
      '--since' = @{ description = 'look back so far'; from = 'nothing'; names = @(); list = $false }
      '--batch-size' = @{ description = 'records, at most'; from = 'nothing'; names = @(); list = $false }
      '--maximum-batching-window' = @{ description = 'how long records are gathered for a batch'; from = 'nothing'; names = @(); list = $false }
      '--window' = @{ description = 'how long records are gathered for a batch'; from = 'nothing'; names = @(); list = $false }
      '--poll-interval' = @{ description = 'between polls of an idle shard'; from = 'nothing'; names = @(); list = $false }
      '--max-rps' = @{ description = 'GetRecords calls a second, over all shards'; from = 'nothing'; names = @(); list = $false }
      '--max-wait' = @{ description = 'how long to bear an endpoint that fails'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @(@{ from = 'files'; names = @() })
    variadic = $true
  }
  'filter import' = @{
    commands = [ordered]@{}
    options = [ordered]@{}
    arguments = @(@{ from = 'nothing'; names = @() })
    variadic = $false
  }
  'filter help' = @{
    commands = [ordered]@{}
    options = [ordered]@{}
    arguments = @(@{ from = 'names'; names = @('check', 'test', 'explain', 'measure', 'import') })
    variadic = $false
  }
  'global' = @{
    commands = [ordered]@{ 'status' = 'show a table in all its Regions: states, settings, latency'; 'check' = 'look for everything that would stop Regions from being added'; 'lag' = 'show how late changes arrive, for each pair of Regions, from CloudWatch'; 'add-replica' = 'check, then add Regions one after the other, each followed to ACTIVE'; 'remove-replica' = 'delete the table of some Regions with its data, in the order that AWS allows'; 'probe' = 'write a canary in each Region and time its arrival in every other'; 'conflicts' = 'find items that two Regions changed at the same time: who won, and what was lost'; 'diff' = 'find settings that differ between replicas, and make them equal'; 'verify' = 'compare the items of all Regions, and name the keys that differ'; 'help' = 'print help for a command' }
    options = [ordered]@{}
    arguments = @()
    variadic = $false
  }
  'global status' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--watch' = @{ description = 'look again each interval, until Ctrl-C'; from = ''; names = @(); list = $false }
      '--interval' = @{ description = 'between two looks'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @(@{ from = 'table'; names = @() })
    variadic = $false
  }
  'global check' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--add' = @{ description = 'the Regions to be added'; from = 'region'; names = @(); list = $true }
      '--consistency' = @{ description = 'how the Regions agree'; from = 'names'; names = @('eventual', 'strong'); list = $false }
      '--witness' = @{ description = 'with --consistency strong: a Region that only bears witness'; from = 'region'; names = @(); list = $false }
      '--kms-key' = @{ description = 'the customer managed key of a replica, for a table with a key of its own'; from = 'nothing'; names = @(); list = $false }
      '--table-class' = @{ description = 'another table class for the replicas'; from = 'names'; names = @('standard', 'standard-infrequent-access'); list = $false }
      '--read-capacity' = @{ description = 'provisioned read capacity of a replica, where it is to differ'; from = 'nothing'; names = @(); list = $true }
    }
    arguments = @(@{ from = 'table'; names = @() })
    variadic = $false
  }
  'global lag' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--window' = @{ description = 'look back so far'; from = 'nothing'; names = @(); list = $false }
      '--period' = @{ description = 'one value for each; whole minutes'; from = 'nothing'; names = @(); list = $false }
      '--fail-above' = @{ description = 'exit 4 when a latest average is above this, or a pair has stalled'; from = 'nothing'; names = @(); list = $false }
      '--watch' = @{ description = 'look again each interval, until Ctrl-C'; from = ''; names = @(); list = $false }
      '--interval' = @{ description = 'between two looks'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @(@{ from = 'table'; names = @() })
    variadic = $false
  }
  'global add-replica' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--consistency' = @{ description = 'how the Regions agree'; from = 'names'; names = @('eventual', 'strong'); list = $false }
      '--witness' = @{ description = 'with --consistency strong: a Region that only bears witness'; from = 'region'; names = @(); list = $false }
      '--kms-key' = @{ description = 'the customer managed key of a replica, for a table with a key of its own'; from = 'nothing'; names = @(); list = $false }
      '--table-class' = @{ description = 'another table class for the replicas'; from = 'names'; names = @('standard', 'standard-infrequent-access'); list = $false }
      '--read-capacity' = @{ description = 'provisioned read capacity of a replica, where it is to differ'; from = 'nothing'; names = @(); list = $true }
      '--no-copy-settings' = @{ description = 'leave recovery, tags, deletion protection and insights of the replicas as AWS makes them'; from = ''; names = @(); list = $false }
      '--no-wait' = @{ description = 'do not wait until the replica is ACTIVE; later ones are then left for the next run'; from = ''; names = @(); list = $false }
      '--dry-run' = @{ description = 'run all checks, print the plan and the calls, change nothing'; from = ''; names = @(); list = $false }
      '--yes' = @{ description = 'do not ask'; from = ''; names = @(); list = $false }
      '--show-aws' = @{ description = 'print the equivalent aws command lines'; from = ''; names = @(); list = $false }
    }
    arguments = @(@{ from = 'table'; names = @() }, @{ from = 'table'; names = @() })
    variadic = $true
  }
  'global remove-replica' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'every Region but the one that is asked'; from = ''; names = @(); list = $false }
      '--no-wait' = @{ description = 'do not wait until the table is gone; later Regions are then left for the next run'; from = ''; names = @(); list = $false }
      '--dry-run' = @{ description = 'run all checks, print the plan and the calls, change nothing'; from = ''; names = @(); list = $false }
      '--yes' = @{ description = 'do not ask'; from = ''; names = @(); list = $false }
      '--show-aws' = @{ description = 'print the equivalent aws command lines'; from = ''; names = @(); list = $false }
    }
    arguments = @(@{ from = 'table'; names = @() }, @{ from = 'table'; names = @() })
    variadic = $true
  }
  'global probe' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--count' = @{ description = 'canaries of each Region'; from = 'nothing'; names = @(); list = $false }
      '--patience' = @{ description = 'a canary that takes longer is lost'; from = 'nothing'; names = @(); list = $false }
      '--yes' = @{ description = 'write into the table without asking'; from = ''; names = @(); list = $false }
    }
    arguments = @(@{ from = 'table'; names = @() })
    variadic = $false
  }
  'global conflicts' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--window' = @{ description = 'changes this far apart at most; longer after a Region was cut off'; from = 'nothing'; names = @(); list = $false }
      '--since' = @{ description = 'look back so far (without --follow: the whole stream)'; from = 'nothing'; names = @(); list = $false }
      '--no-follow' = @{ description = 'stop at the end as it is now; exit 4 when there were conflicts'; from = ''; names = @(); list = $false }
      '--region-attribute' = @{ description = 'an attribute in which your application writes the Region of each write'; from = 'nothing'; names = @(); list = $false }
      '--top' = @{ description = 'how many of the keys with the most conflicts'; from = 'nothing'; names = @(); list = $false }
      '--poll-interval' = @{ description = 'between polls of an idle shard'; from = 'nothing'; names = @(); list = $false }
      '--max-rps' = @{ description = 'GetRecords calls a second, over all shards'; from = 'nothing'; names = @(); list = $false }
      '--max-wait' = @{ description = 'how long to bear an endpoint that fails'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @(@{ from = 'table'; names = @() })
    variadic = $false
  }
  'global diff' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--fix' = @{ description = 'turn on and add in the other Regions what the asked one has; nothing is turned off or taken away'; from = ''; names = @(); list = $false }
      '--dry-run' = @{ description = 'run all checks, print the plan and the calls, change nothing'; from = ''; names = @(); list = $false }
      '--yes' = @{ description = 'do not ask'; from = ''; names = @(); list = $false }
      '--show-aws' = @{ description = 'print the equivalent aws command lines'; from = ''; names = @(); list = $false }
    }
    arguments = @(@{ from = 'table'; names = @() })
    variadic = $false
  }
  'global verify' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--regions' = @{ description = 'only these of its Regions'; from = 'region'; names = @(); list = $true }
      '--max-rcu' = @{ description = 'read units a second, in each Region'; from = 'nothing'; names = @(); list = $false }
      '--segments' = @{ description = 'parts that each Region is read in (by size)'; from = 'nothing'; names = @(); list = $false }
      '--parallel' = @{ description = 'parts of a Region that are read at once'; from = 'nothing'; names = @(); list = $false }
      '--settle' = @{ description = 'how long replication is given before what differs is read again'; from = 'nothing'; names = @(); list = $false }
      '--checkpoint' = @{ description = 'keep what has been read in this file, and go on from it'; from = 'files'; names = @(); list = $false }
    }
    arguments = @(@{ from = 'table'; names = @() })
    variadic = $false
  }
  'global help' = @{
    commands = [ordered]@{}
    options = [ordered]@{}
    arguments = @(@{ from = 'names'; names = @('status', 'check', 'lag', 'add-replica', 'remove-replica', 'probe', 'conflicts', 'diff', 'verify') })
    variadic = $false
  }
  'dlq' = @{
    commands = [ordered]@{ 'status' = 'show every failure queue of a table''s or a function''s mappings: depth, age, time left'; 'peek' = 'show what waits in a failure queue, and how long the stream still remembers it'; 'drain' = 'bring the records of failed batches back, deliver them, then delete the messages'; 'redrive' = 'move the messages of a queue''s dead-letter queue back to it'; 'create' = 'make a queue for failed batches, and send the failures of mappings to it'; 'help' = 'print help for a command' }
    options = [ordered]@{}
    arguments = @()
    variadic = $false
  }
  'dlq status' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--fail-above' = @{ description = 'exit 4 when a queue holds more than n messages'; from = 'nothing'; names = @(); list = $false }
      '--no-peek' = @{ description = 'do not look at messages, which counts as a receive; then no time left is known'; from = ''; names = @(); list = $false }
    }
    arguments = @(@{ from = 'table'; names = @() })
    variadic = $false
  }
  'dlq peek' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--by' = @{ description = 'one line for each of these'; from = 'names'; names = @('function', 'condition', 'shard', 'table'); list = $false }
      '--max-messages' = @{ description = 'look at n messages at most'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @(@{ from = 'nothing'; names = @() })
    variadic = $false
  }
  'dlq drain' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--to' = @{ description = 'file:<path>, -, lambda:<function>, module:<file>, sqs:<queue>, sns:<topic ARN>; repeatable'; from = 'nothing'; names = @(); list = $false }
      '--keep' = @{ description = 'deliver, and leave every message in the queue (rescue)'; from = ''; names = @(); list = $false }
      '--expired' = @{ description = 'messages whose records the stream has forgotten'; from = 'names'; names = @('keep', 'archive', 'delete'); list = $false }
      '--archive-to' = @{ description = 'with --expired archive: append what is known of them to this file'; from = 'files'; names = @(); list = $false }
      '--move-to' = @{ description = 'of a bucket: move what is done below this prefix instead of deleting it'; from = 'nothing'; names = @(); list = $false }
      '--function' = @{ description = 'given up by these functions or pipes'; from = 'nothing'; names = @(); list = $false }
      '--condition' = @{ description = 'such as RetryAttemptsExhausted'; from = 'nothing'; names = @(); list = $false }
      '--shard' = @{ description = 'of these shards'; from = 'nothing'; names = @(); list = $false }
      '--older-than' = @{ description = 'given up at least so long ago'; from = 'nothing'; names = @(); list = $false }
      '--max-messages' = @{ description = 'n messages at most'; from = 'nothing'; names = @(); list = $false }
      '--order' = @{ description = 'what goes first of what is in hand'; from = 'names'; names = @('oldest', 'soonest-expiry'); list = $false }
      '--rate' = @{ description = 'messages a second, at most'; from = 'nothing'; names = @(); list = $false }
      '--concurrency' = @{ description = 'long polls, and shards worked on, side by side'; from = 'nothing'; names = @(); list = $false }
      '--idle-timeout' = @{ description = 'end when nothing has come for so long (10s)'; from = 'nothing'; names = @(); list = $false }
      '--follow' = @{ description = 'go on listening when the queue is empty'; from = ''; names = @(); list = $false }
      '--visibility-timeout' = @{ description = 'how soon others may have what a killed drain had in hand'; from = 'nothing'; names = @(); list = $false }
      '--invoke-batch-size' = @{ description = 'records of one invocation, at most'; from = 'nothing'; names = @(); list = $false }
      '--retries' = @{ description = 'how often a batch that failed is sent again'; from = 'nothing'; names = @(); list = $false }
      '--bisect' = @{ description = 'halve a failed batch until the record that fails stands alone, and print it'; from = ''; names = @(); list = $false }
      '--invoke-timeout' = @{ description = 'how long one invocation may take'; from = 'nothing'; names = @(); list = $false }
      '--dry-run' = @{ description = 'run all checks, print the plan and the calls, change nothing'; from = ''; names = @(); list = $false }
      '--yes' = @{ description = 'do not ask'; from = ''; names = @(); list = $false }
      '--show-aws' = @{ description = 'print the equivalent aws command lines'; from = ''; names = @(); list = $false }
    }
    arguments = @(@{ from = 'nothing'; names = @() })
    variadic = $false
  }
  'dlq redrive' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--to' = @{ description = 'move them to this queue (where they came from)'; from = 'nothing'; names = @(); list = $false }
      '--rate' = @{ description = 'messages a second, at most 500 (as SQS likes)'; from = 'nothing'; names = @(); list = $false }
      '--cancel' = @{ description = 'stop the move that runs'; from = ''; names = @(); list = $false }
      '--no-wait' = @{ description = 'do not follow the move until it is done'; from = ''; names = @(); list = $false }
      '--dry-run' = @{ description = 'run all checks, print the plan and the calls, change nothing'; from = ''; names = @(); list = $false }
      '--yes' = @{ description = 'do not ask'; from = ''; names = @(); list = $false }
      '--show-aws' = @{ description = 'print the equivalent aws command lines'; from = ''; names = @(); list = $false }
    }
    arguments = @(@{ from = 'nothing'; names = @() })
    variadic = $false
  }
  'dlq create' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--retention' = @{ description = 'how long messages are kept, at most 14d'; from = 'nothing'; names = @(); list = $false }
      '--kms-key-id' = @{ description = 'encrypt with this key instead of that of SQS'; from = 'nothing'; names = @(); list = $false }
      '--tag' = @{ description = 'tag the queue; repeatable'; from = 'nothing'; names = @(); list = $false }
      '--attach' = @{ description = 'send the failures of this mapping to it: table:function, UUID or ARN; repeatable'; from = 'nothing'; names = @(); list = $false }
      '--dry-run' = @{ description = 'run all checks, print the plan and the calls, change nothing'; from = ''; names = @(); list = $false }
      '--yes' = @{ description = 'do not ask'; from = ''; names = @(); list = $false }
      '--show-aws' = @{ description = 'print the equivalent aws command lines'; from = ''; names = @(); list = $false }
    }
    arguments = @(@{ from = 'nothing'; names = @() })
    variadic = $false
  }
  'dlq help' = @{
    commands = [ordered]@{}
    options = [ordered]@{}
    arguments = @(@{ from = 'names'; names = @('status', 'peek', 'drain', 'redrive', 'create') })
    variadic = $false
  }
  'cost' = @{
    commands = [ordered]@{ 'estimate' = 'say what a table costs a month, line by line'; 'compare' = 'put the estimates of two workload files beside each other'; 'explain' = 'print the formulas of estimates, each with the page of AWS that it follows'; 'prices' = 'the prices that estimates use'; 'help' = 'print help for a command' }
    options = [ordered]@{}
    arguments = @()
    variadic = $false
  }
  'cost estimate' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--name' = @{ description = 'what to call the table (the table)'; from = 'nothing'; names = @(); list = $false }
      '--replica' = @{ description = 'a Region with a replica; repeat it'; from = 'region'; names = @(); list = $false }
      '--consistency' = @{ description = 'of the global table: MREC or MRSC (eventual)'; from = 'names'; names = @('eventual', 'strong'); list = $false }
      '--witness' = @{ description = 'the third Region of a strong table, without data'; from = 'region'; names = @(); list = $false }
      '--writes' = @{ description = 'items written, such as 100M/day or 250/s; <region>=<rate> for those of another Region'; from = 'nothing'; names = @(); list = $false }
      '--reads' = @{ description = 'items read, such as 20M/day; <region>=<rate> for those of another Region'; from = 'nothing'; names = @(); list = $false }
      '--item-size' = @{ description = 'size of an item on average (1KB)'; from = 'nothing'; names = @(); list = $false }
      '--read-consistency' = @{ description = 'of reads within a Region (eventual)'; from = 'names'; names = @('eventual', 'strong'); list = $false }
      '--transactional' = @{ description = 'share of the writes that is transactional (0%)'; from = 'nothing'; names = @(); list = $false }
      '--ttl-deletes' = @{ description = 'items that TTL deletes, such as 5M/month'; from = 'nothing'; names = @(); list = $false }
      '--gsi' = @{ description = 'n indexes, the share of writes that touches each (100%), and what is written to it (the item)'; from = 'nothing'; names = @(); list = $false }
      '--storage' = @{ description = 'table and indexes in each Region, such as 250GB'; from = 'nothing'; names = @(); list = $false }
      '--capacity' = @{ description = 'how throughput is paid for (on-demand)'; from = 'names'; names = @('on-demand', 'provisioned'); list = $false }
      '--utilization' = @{ description = 'average use of what is provisioned (70%)'; from = 'nothing'; names = @(); list = $false }
      '--table-class' = @{ description = 'the table class (standard)'; from = 'names'; names = @('standard', 'standard-ia'); list = $false }
      '--pitr' = @{ description = 'point-in-time recovery, in every Region'; from = ''; names = @(); list = $false }
      '--backup-retention' = @{ description = 'a full backup a day, each kept this long, such as 35d'; from = 'nothing'; names = @(); list = $false }
      '--stream-readers' = @{ description = 'readers of their own; triggers and replication read for free'; from = 'nothing'; names = @(); list = $false }
      '--poll-interval' = @{ description = 'how often they ask each shard (1s)'; from = 'nothing'; names = @(); list = $false }
      '--shards' = @{ description = 'open shards of the stream (1)'; from = 'nothing'; names = @(); list = $false }
      '--trigger' = @{ description = 'a Lambda trigger: records in a batch, duration and memory of an invocation, such as 100:200:512'; from = 'nothing'; names = @(); list = $false }
      '--architecture' = @{ description = 'of the function (x86)'; from = 'names'; names = @('x86', 'arm64'); list = $false }
      '--filter-pass' = @{ description = 'share of records that its filter lets through (100%)'; from = 'nothing'; names = @(); list = $false }
      '--failed' = @{ description = 'share of batches that ends in its failure queue (0%)'; from = 'nothing'; names = @(); list = $false }
      '--workload' = @{ description = 'a YAML or JSON file with these fields; flags come before it'; from = 'files'; names = @(); list = $false }
      '--table' = @{ description = 'a table that is there, by what CloudWatch counted'; from = 'table'; names = @(); list = $false }
      '--period' = @{ description = 'how far back to measure'; from = 'nothing'; names = @(); list = $false }
      '--prices' = @{ description = 'the newest that are there, those that ddbx came with, or those until 2024-10-31'; from = 'names'; names = @('newest', 'bundled', '2019'); list = $false }
      '--price' = @{ description = 'a price of yours, such as eu-west-3:storage=0.29'; from = 'nothing'; names = @(); list = $false }
      '--discount' = @{ description = 'what is taken off, such as 12% or 12%:rwru'; from = 'nothing'; names = @(); list = $false }
      '--priced-as' = @{ description = 'price every Region as this one, as articles do; said on every line'; from = 'region'; names = @(); list = $false }
      '--include-transfer' = @{ description = 'charge replication as transfer between Regions'; from = ''; names = @(); list = $false }
      '--free-tier' = @{ description = 'take the free allowances off'; from = ''; names = @(); list = $false }
      '--what-if' = @{ description = 'beside it the same with something changed: add-replica=<region>, remove-replica=<region>, consistency=strong[:<witness>], capacity=provisioned:60%, table-class=standard-ia, item-size=2KB, writes=<rate>; repeat it'; from = 'nothing'; names = @(); list = $false }
      '--sweep' = @{ description = 'draw the cost over a range, such as writes=1M..1B/day'; from = 'nothing'; names = @(); list = $false }
      '--fail-above' = @{ description = 'exit 4 when a month costs more'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'cost compare' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--prices' = @{ description = 'the newest that are there, those that ddbx came with, or those until 2024-10-31'; from = 'names'; names = @('newest', 'bundled', '2019'); list = $false }
      '--price' = @{ description = 'a price of yours, such as eu-west-3:storage=0.29'; from = 'nothing'; names = @(); list = $false }
      '--discount' = @{ description = 'what is taken off, such as 12% or 12%:rwru'; from = 'nothing'; names = @(); list = $false }
      '--priced-as' = @{ description = 'price every Region as this one, as articles do; said on every line'; from = 'region'; names = @(); list = $false }
      '--include-transfer' = @{ description = 'charge replication as transfer between Regions'; from = ''; names = @(); list = $false }
      '--free-tier' = @{ description = 'take the free allowances off'; from = ''; names = @(); list = $false }
      '--fail-above' = @{ description = 'exit 4 when the second costs more a month'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @(@{ from = 'files'; names = @() }, @{ from = 'files'; names = @() })
    variadic = $false
  }
  'cost explain' = @{
    commands = [ordered]@{}
    options = [ordered]@{}
    arguments = @(@{ from = 'nothing'; names = @() })
    variadic = $false
  }
  'cost prices' = @{
    commands = [ordered]@{ 'show' = 'show the prices of a Region, or what is known of each Region'; 'update' = 'download AWS''s price list, which needs no credentials, and keep it'; 'help' = 'print help for a command' }
    options = [ordered]@{}
    arguments = @()
    variadic = $false
  }
  'cost prices show' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--prices' = @{ description = 'the newest that are there, those that ddbx came with, or those until 2024-10-31'; from = 'names'; names = @('newest', 'bundled', '2019'); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'cost prices update' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--from' = @{ description = 'the same files from somewhere else'; from = 'files'; names = @(); list = $false }
      '--regions' = @{ description = 'of these Regions only; all, when left out'; from = 'region'; names = @(); list = $true }
      '--dry-run' = @{ description = 'run all checks, print the plan and the calls, change nothing'; from = ''; names = @(); list = $false }
      '--yes' = @{ description = 'do not ask'; from = ''; names = @(); list = $false }
      '--show-aws' = @{ description = 'print the equivalent aws command lines'; from = ''; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'cost prices help' = @{
    commands = [ordered]@{}
    options = [ordered]@{}
    arguments = @(@{ from = 'names'; names = @('show', 'update') })
    variadic = $false
  }
  'cost help' = @{
    commands = [ordered]@{}
    options = [ordered]@{}
    arguments = @(@{ from = 'names'; names = @('estimate', 'compare', 'explain', 'prices') })
    variadic = $false
  }
  'sandbox' = @{
    commands = [ordered]@{ 'start' = 'serve a local AWS on 127.0.0.1 until it is stopped'; 'env' = 'print the shell lines that point AWS tools at the sandbox'; 'stop' = 'stop a running sandbox'; 'function' = 'the Lambda functions of a running sandbox'; 'ctl' = 'bend the sandbox: time, shards, trims, faults, Regions, mappings'; 'help' = 'print help for a command' }
    options = [ordered]@{}
    arguments = @()
    variadic = $false
  }
  'sandbox start' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--port' = @{ description = 'the local port; 0 takes any free one'; from = 'nothing'; names = @(); list = $false }
      '--regions' = @{ description = 'the Regions there are; any, when left out'; from = 'region'; names = @(); list = $true }
      '--account' = @{ description = 'the account number in ARNs'; from = 'nothing'; names = @(); list = $false }
      '--shards' = @{ description = 'open shards of a new stream'; from = 'nothing'; names = @(); list = $false }
      '--data' = @{ description = 'keep the state in this folder, over restarts and crashes; without it, in memory'; from = 'files'; names = @(); list = $false }
      '--seed' = @{ description = 'begin with the tables, items, queues, functions and mappings of this JSON file'; from = 'files'; names = @(); list = $false }
      '--verify-signatures' = @{ description = 'check that requests are signed with the credentials of AWS''s documentation'; from = ''; names = @(); list = $false }
      '--require-policy' = @{ description = 'refuse what this identity-based policy does not allow; several add up'; from = 'files'; names = @(); list = $false }
      '--ready-file' = @{ description = 'write the URL to this file as soon as the sandbox answers'; from = 'files'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'sandbox env' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--port' = @{ description = 'the local port; 0 takes any free one'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'sandbox stop' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--port' = @{ description = 'the local port; 0 takes any free one'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'sandbox function' = @{
    commands = [ordered]@{ 'add' = 'register a local JavaScript module as a Lambda function, or replace it'; 'list' = 'list the functions'; 'remove' = 'remove a function; its event source mappings stay'; 'help' = 'print help for a command' }
    options = [ordered]@{}
    arguments = @()
    variadic = $false
  }
  'sandbox function add' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--handler' = @{ description = 'the module; it is taken anew whenever it changes'; from = 'files'; names = @(); list = $false }
      '--export' = @{ description = 'the export that is the handler'; from = 'nothing'; names = @(); list = $false }
      '--invoke-timeout' = @{ description = 'how long an invocation may take (3s)'; from = 'nothing'; names = @(); list = $false }
      '--port' = @{ description = 'the local port; 0 takes any free one'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @(@{ from = 'nothing'; names = @() })
    variadic = $false
  }
  'sandbox function list' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--port' = @{ description = 'the local port; 0 takes any free one'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'sandbox function remove' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--port' = @{ description = 'the local port; 0 takes any free one'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @(@{ from = 'nothing'; names = @() })
    variadic = $false
  }
  'sandbox function help' = @{
    commands = [ordered]@{}
    options = [ordered]@{}
    arguments = @(@{ from = 'names'; names = @('add', 'list', 'remove') })
    variadic = $false
  }
  'sandbox ctl' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--port' = @{ description = 'the local port; 0 takes any free one'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @(@{ from = 'names'; names = @('status', 'advance-clock', 'split-shard', 'roll-shard', 'trim', 'expire-iterators', 'seed-records', 'sweep-ttl', 'fail-next', 'throttle', 'add-function', 'list-functions', 'remove-function', 'settle-mappings', 'dump-deliveries', 'set-retry-pace', 'set-replication-lag', 'set-replica-durations', 'make-replica-fail', 'make-replica-vanish', 'set-limits', 'cut-region', 'heal-region', 'disable-region', 'enable-region', 'create-key', 'disable-key', 'enable-key', 'set-access', 'stop') }, @{ from = 'nothing'; names = @() })
    variadic = $true
  }
  'sandbox help' = @{
    commands = [ordered]@{}
    options = [ordered]@{}
    arguments = @(@{ from = 'names'; names = @('start', 'env', 'stop', 'function', 'ctl') })
    variadic = $false
  }
  'demo' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--keep' = @{ description = 'leave the folder with the demo''s files in place'; from = ''; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'wait' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--for' = @{ description = 'what to wait for'; from = 'names'; names = @('stream-enabled', 'stream-disabled', 'table-active', 'replicas-active'); list = $false }
    }
    arguments = @(@{ from = 'table'; names = @() })
    variadic = $false
  }
  'doctor' = @{
    commands = [ordered]@{}
    options = [ordered]@{}
    arguments = @()
    variadic = $false
  }
  'iam' = @{
    commands = [ordered]@{ 'streams' = 'enable, reshape, read and watch DynamoDB Streams'; 'esm' = 'attach, tune, lint and repair the Lambda triggers of streams'; 'filter' = 'check, try and measure the filters of event source mappings'; 'global' = 'add, watch, check and compare the Regions of global tables'; 'dlq' = 'turn the pointers of failure queues back into records'; 'cost' = 'what replicated writes, streams and triggers cost'; 'sandbox' = 'a local AWS to try everything on'; 'demo' = 'a tour of ddbx on a sandbox of its own'; 'wait' = 'wait until a table or its stream reaches a state'; 'doctor' = 'show what ddbx would use: Region, credentials, endpoint, proxy'; 'completion' = 'print the completion script for a shell' }
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam streams' = @{
    commands = [ordered]@{ 'list' = 'show every stream: enabled ones, and older ones that can still be read'; 'describe' = 'show the shards of a stream as a tree of lineage, and how old their records are'; 'enable' = 'turn a table''s stream on'; 'disable' = 'turn a table''s stream off; what it holds stays readable for up to 24 hours'; 'set-view' = 'change what a stream records, by replacing it with a new stream'; 'tail' = 'watch the records of one or more streams as they come'; 'export' = 'write what a stream still holds to a file, resumably'; 'replay' = 'feed recorded or live records to a consumer in batches, as Lambda would'; 'stats' = 'measure a stream: rates, sizes, hottest keys, lag, deletes by TTL' }
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam streams list' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam streams describe' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam streams enable' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam streams disable' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam streams set-view' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam streams tail' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam streams export' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam streams replay' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam streams stats' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam esm' = @{
    commands = [ordered]@{ 'list' = 'show the mappings of a table, of a function, or of the Region: state, lag, failures'; 'show' = 'show one mapping: its state, its lag, its failure queue, every setting'; 'attach' = 'make a function read a table''s stream, or change the mapping that does'; 'tune' = 'change settings of a mapping: prints old -> new, and does nothing when nothing changes'; 'pause' = 'stop a mapping from reading; it keeps its position for 24 hours'; 'resume' = 'let a mapping read on where it stopped'; 'repoint' = 'move a mapping to its table''s present stream, with the same settings'; 'detach' = 'remove a mapping; its position in the stream is lost'; 'lint' = 'find what will go wrong with mappings: retries, destinations, windows, readers, filters, queues'; 'explain' = 'say what happens to a record that fails: attempts, ages, splits, where it ends'; 'advise' = 'say what limits a mapping: parallelization, batch size, concurrency or the function'; 'blocked' = 'find the shard and the record at which a mapping stands' }
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam esm list' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam esm show' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam esm attach' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam esm tune' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam esm pause' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam esm resume' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam esm repoint' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam esm detach' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam esm lint' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam esm explain' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam esm advise' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam esm blocked' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam filter' = @{
    commands = [ordered]@{ 'check' = 'say whether Lambda takes a filter, and what it does not do although it seems to'; 'test' = 'print the recorded records that pass a filter'; 'explain' = 'say why a record passes a filter or does not: for each path, what is wanted and what is there'; 'measure' = 'say how many of the records of a stream pass a filter, and what the consumer would not see'; 'import' = 'print the filters of an event source mapping, as the other verbs take them' }
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam filter check' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam filter test' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam filter explain' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam filter measure' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam filter import' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam global' = @{
    commands = [ordered]@{ 'status' = 'show a table in all its Regions: states, settings, latency'; 'check' = 'look for everything that would stop Regions from being added'; 'lag' = 'show how late changes arrive, for each pair of Regions, from CloudWatch'; 'add-replica' = 'check, then add Regions one after the other, each followed to ACTIVE'; 'remove-replica' = 'delete the table of some Regions with its data, in the order that AWS allows'; 'probe' = 'write a canary in each Region and time its arrival in every other'; 'conflicts' = 'find items that two Regions changed at the same time: who won, and what was lost'; 'diff' = 'find settings that differ between replicas, and make them equal'; 'verify' = 'compare the items of all Regions, and name the keys that differ' }
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam global status' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam global check' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam global lag' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam global add-replica' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam global remove-replica' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam global probe' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam global conflicts' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam global diff' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam global verify' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam dlq' = @{
    commands = [ordered]@{ 'status' = 'show every failure queue of a table''s or a function''s mappings: depth, age, time left'; 'peek' = 'show what waits in a failure queue, and how long the stream still remembers it'; 'drain' = 'bring the records of failed batches back, deliver them, then delete the messages'; 'redrive' = 'move the messages of a queue''s dead-letter queue back to it'; 'create' = 'make a queue for failed batches, and send the failures of mappings to it' }
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam dlq status' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam dlq peek' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam dlq drain' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam dlq redrive' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam dlq create' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam cost' = @{
    commands = [ordered]@{ 'estimate' = 'say what a table costs a month, line by line'; 'compare' = 'put the estimates of two workload files beside each other'; 'explain' = 'print the formulas of estimates, each with the page of AWS that it follows'; 'prices' = 'the prices that estimates use' }
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam cost estimate' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam cost compare' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam cost explain' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam cost prices' = @{
    commands = [ordered]@{ 'show' = 'show the prices of a Region, or what is known of each Region'; 'update' = 'download AWS''s price list, which needs no credentials, and keep it' }
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam cost prices show' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam cost prices update' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam sandbox' = @{
    commands = [ordered]@{ 'start' = 'serve a local AWS on 127.0.0.1 until it is stopped'; 'env' = 'print the shell lines that point AWS tools at the sandbox'; 'stop' = 'stop a running sandbox'; 'function' = 'the Lambda functions of a running sandbox'; 'ctl' = 'bend the sandbox: time, shards, trims, faults, Regions, mappings' }
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam sandbox start' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam sandbox env' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam sandbox stop' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam sandbox function' = @{
    commands = [ordered]@{ 'add' = 'register a local JavaScript module as a Lambda function, or replace it'; 'list' = 'list the functions'; 'remove' = 'remove a function; its event source mappings stay' }
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam sandbox function add' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam sandbox function list' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam sandbox function remove' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam sandbox ctl' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam demo' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam wait' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam doctor' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'iam completion' = @{
    commands = [ordered]@{}
    options = [ordered]@{
      '--all' = @{ description = 'one policy for every command'; from = ''; names = @(); list = $false }
      '--table' = @{ description = 'only this table; a name or an ARN'; from = 'table'; names = @(); list = $false }
      '--account' = @{ description = 'only this account'; from = 'nothing'; names = @(); list = $false }
    }
    arguments = @()
    variadic = $false
  }
  'completion' = @{
    commands = [ordered]@{}
    options = [ordered]@{}
    arguments = @(@{ from = 'names'; names = @('bash', 'zsh', 'fish', 'powershell') })
    variadic = $false
  }
  'help' = @{
    commands = [ordered]@{}
    options = [ordered]@{}
    arguments = @(@{ from = 'names'; names = @('streams', 'esm', 'filter', 'global', 'dlq', 'cost', 'sandbox', 'demo', 'wait', 'doctor', 'iam', 'completion') })
    variadic = $false
  }
}
$global:ddbxOptions = [ordered]@{
  '--version' = @{ description = 'print the version'; from = ''; names = @(); list = $false }
  '--profile' = @{ description = 'the AWS profile to use'; from = 'profile'; names = @(); list = $false }
  '--region' = @{ description = 'the AWS Region to use'; from = 'region'; names = @(); list = $false }
  '--endpoint-url' = @{ description = 'another endpoint, such as a sandbox or DynamoDB Local'; from = 'nothing'; names = @(); list = $false }
  '--max-attempts' = @{ description = 'attempts for each request (5)'; from = 'nothing'; names = @(); list = $false }
  '--read-timeout' = @{ description = 'how long an answer may take (30s)'; from = 'nothing'; names = @(); list = $false }
  '--timeout' = @{ description = 'how long to wait for a state before giving up'; from = 'nothing'; names = @(); list = $false }
  '--output' = @{ description = 'how to print'; from = 'names'; names = @('human', 'json', 'ndjson'); list = $false }
  '--query' = @{ description = 'a JMESPath expression on json and ndjson'; from = 'nothing'; names = @(); list = $false }
  '--color' = @{ description = 'when to colour'; from = 'names'; names = @('auto', 'always', 'never'); list = $false }
  '--quiet' = @{ description = 'print data and errors only'; from = ''; names = @(); list = $false }
  '--verbose' = @{ description = 'say more on stderr'; from = ''; names = @(); list = $false }
  '--debug' = @{ description = 'show each request to AWS on stderr, and stack traces'; from = ''; names = @(); list = $false }
  '--no-progress' = @{ description = 'no spinner, no status line'; from = ''; names = @(); list = $false }
  '--help' = @{ description = 'print help'; from = ''; names = @(); list = $false }
}

Register-ArgumentCompleter -Native -CommandName 'ddbx' -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)

  $words = @($commandAst.CommandElements | Select-Object -Skip 1 |
    Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
    ForEach-Object {
      if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { $_.Extent.Text }
    })
  $at = ''; $given = 0; $option = ''; $literal = $false; $kept = @()
  $passedOn = @('--profile', '--region', '--endpoint-url')
  $find = {
    param($name)
    $own = $global:ddbxTree[$at].options
    if ($own.Contains($name)) { $own[$name] } elseif ($global:ddbxOptions.Contains($name)) { $global:ddbxOptions[$name] }
  }

  foreach ($word in $words) {
    if ($option -ne '') {
      if ($passedOn -ccontains $option) { $kept += "$option=$word" }
      $option = ''
    } elseif (-not $literal -and $word -ceq '--') {
      $literal = $true
    } elseif (-not $literal -and $word.StartsWith('--') -and $word.Contains('=')) {
      if ($passedOn -ccontains $word.Substring(0, $word.IndexOf('='))) { $kept += $word }
    } elseif (-not $literal -and $word.StartsWith('-') -and $word.Length -gt 1) {
      $known = & $find $word
      if ($known -and $known.from -ne '') { $option = $word }
    } elseif (-not $literal -and $given -eq 0 -and $global:ddbxTree[$at].commands.Contains($word)) {
      $at = "$at $word".Trim()
    } else {
      $given++
    }
  }

  $level = $global:ddbxTree[$at]
  $typed = "$wordToComplete"
  $prefix = ''
  $offer = $null
  $texts = [ordered]@{}
  if ($option -ne '') {
    $offer = & $find $option
  } elseif (-not $literal -and $typed.StartsWith('--') -and $typed.Contains('=')) {
    $offer = & $find $typed.Substring(0, $typed.IndexOf('='))
    $prefix = $typed.Substring(0, $typed.IndexOf('=') + 1)
    $typed = $typed.Substring($prefix.Length)
  } elseif (-not $literal -and $typed.StartsWith('-')) {
    foreach ($table in @($level.options, $global:ddbxOptions)) {
      foreach ($name in $table.Keys) {
        if ($name.StartsWith('--')) { $texts[$name] = $table[$name].description }
      }
    }
  } elseif (-not $literal -and $given -eq 0 -and $level.commands.Count -gt 0) {
    $texts = $level.commands
  } elseif ($given -lt $level.arguments.Count) {
    $offer = $level.arguments[$given]
  } elseif ($level.variadic) {
    $offer = $level.arguments[-1]
  }
  if ($offer -and $offer.list -and $typed.Contains(',')) {
    $cut = $typed.LastIndexOf(',') + 1
    $prefix += $typed.Substring(0, $cut)
    $typed = $typed.Substring($cut)
  }

  if ($offer) {
    if ($offer.from -eq 'files') {
      return [System.Management.Automation.CompletionCompleters]::CompleteFilename($typed)
    }
    $names = $offer.names
    if ($offer.from -ne 'names' -and $offer.from -ne 'nothing' -and $offer.from -ne '') {
      $names = @(& 'ddbx' __complete $offer.from @kept -- $typed 2>$null)
    }
    foreach ($name in $names) { if ("$name" -ne '') { $texts["$name"] = "$name" } }
  }
  foreach ($name in $texts.Keys) {
    if ($name.StartsWith($typed, [System.StringComparison]::Ordinal)) {
      [System.Management.Automation.CompletionResult]::new("$prefix$name", $name, 'ParameterValue', $texts[$name])
    }
  }
}
