#compdef ddbx
# zsh completion for ddbx; made by `ddbx completion zsh`.
# Typed words are compared and passed on, never expanded or run.

# Sets names to the commands below the path $1.
__ddbx_commands() {
  case $1 in
    '') names=('streams:enable, reshape, read and watch DynamoDB Streams' 'filter:check, try and measure the filters of event source mappings' 'global:add, watch, check and compare the Regions of global tables' 'dlq:turn the pointers of failure queues back into records' 'cost:what replicated writes, streams and triggers cost' 'sandbox:a local AWS to try everything on' 'demo:a tour of ddbx on a sandbox of its own' 'wait:wait until a table or its stream reaches a state' 'doctor:show what ddbx would use: Region, credentials, endpoint, proxy' 'iam:print the least IAM policy for a command' 'completion:print the completion script for a shell' 'help:print help for a command') ;;
    'streams') names=('list:show every stream: enabled ones, and older ones that can still be read' 'describe:show the shards of a stream as a tree of lineage, and how old their records are' 'enable:turn a table'\''s stream on' 'disable:turn a table'\''s stream off; what it holds stays readable for up to 24 hours' 'set-view:change what a stream records, by replacing it with a new stream' 'tail:watch the records of one or more streams as they come' 'export:write what a stream still holds to a file, resumably' 'replay:feed recorded or live records to a consumer in batches, as Lambda would' 'stats:measure a stream: rates, sizes, hottest keys, lag, deletes by TTL' 'help:print help for a command') ;;
    'filter') names=('check:say whether Lambda takes a filter, and what it does not do although it seems to' 'test:print the recorded records that pass a filter' 'explain:say why a record passes a filter or does not: for each path, what is wanted and what is there' 'measure:say how many of the records of a stream pass a filter, and what the consumer would not see' 'import:print the filters of an event source mapping, as the other verbs take them' 'help:print help for a command') ;;
    'global') names=('status:show a table in all its Regions: states, settings, latency' 'check:look for everything that would stop Regions from being added' 'add-replica:check, then add Regions one after the other, each followed to ACTIVE' 'remove-replica:delete the table of some Regions with its data, in the order that AWS allows' 'help:print help for a command') ;;
    'dlq') names=('status:show every failure queue of a table'\''s or a function'\''s mappings: depth, age, time left' 'peek:show what waits in a failure queue, and how long the stream still remembers it' 'drain:bring the records of failed batches back, deliver them, then delete the messages' 'redrive:move the messages of a queue'\''s dead-letter queue back to it' 'create:make a queue for failed batches, and send the failures of mappings to it' 'help:print help for a command') ;;
    'cost') names=('estimate:say what a table costs a month, line by line' 'compare:put the estimates of two workload files beside each other' 'explain:print the formulas of estimates, each with the page of AWS that it follows' 'prices:the prices that estimates use' 'help:print help for a command') ;;
    'cost prices') names=('show:show the prices of a Region, or what is known of each Region' 'update:download AWS'\''s price list, which needs no credentials, and keep it' 'help:print help for a command') ;;
    'sandbox') names=('start:serve a local AWS on 127.0.0.1 until it is stopped' 'env:print the shell lines that point AWS tools at the sandbox' 'stop:stop a running sandbox' 'function:the Lambda functions of a running sandbox' 'ctl:bend the sandbox: time, shards, trims, faults' 'help:print help for a command') ;;
    'sandbox function') names=('add:register a local JavaScript module as a Lambda function, or replace it' 'list:list the functions' 'remove:remove a function; its event source mappings stay' 'help:print help for a command') ;;
    'iam') names=('streams:enable, reshape, read and watch DynamoDB Streams' 'filter:check, try and measure the filters of event source mappings' 'global:add, watch, check and compare the Regions of global tables' 'dlq:turn the pointers of failure queues back into records' 'cost:what replicated writes, streams and triggers cost' 'sandbox:a local AWS to try everything on' 'demo:a tour of ddbx on a sandbox of its own' 'wait:wait until a table or its stream reaches a state' 'doctor:show what ddbx would use: Region, credentials, endpoint, proxy' 'completion:print the completion script for a shell') ;;
    'iam streams') names=('list:show every stream: enabled ones, and older ones that can still be read' 'describe:show the shards of a stream as a tree of lineage, and how old their records are' 'enable:turn a table'\''s stream on' 'disable:turn a table'\''s stream off; what it holds stays readable for up to 24 hours' 'set-view:change what a stream records, by replacing it with a new stream' 'tail:watch the records of one or more streams as they come' 'export:write what a stream still holds to a file, resumably' 'replay:feed recorded or live records to a consumer in batches, as Lambda would' 'stats:measure a stream: rates, sizes, hottest keys, lag, deletes by TTL') ;;
    'iam filter') names=('check:say whether Lambda takes a filter, and what it does not do although it seems to' 'test:print the recorded records that pass a filter' 'explain:say why a record passes a filter or does not: for each path, what is wanted and what is there' 'measure:say how many of the records of a stream pass a filter, and what the consumer would not see' 'import:print the filters of an event source mapping, as the other verbs take them') ;;
    'iam global') names=('status:show a table in all its Regions: states, settings, latency' 'check:look for everything that would stop Regions from being added' 'add-replica:check, then add Regions one after the other, each followed to ACTIVE' 'remove-replica:delete the table of some Regions with its data, in the order that AWS allows') ;;
    'iam dlq') names=('status:show every failure queue of a table'\''s or a function'\''s mappings: depth, age, time left' 'peek:show what waits in a failure queue, and how long the stream still remembers it' 'drain:bring the records of failed batches back, deliver them, then delete the messages' 'redrive:move the messages of a queue'\''s dead-letter queue back to it' 'create:make a queue for failed batches, and send the failures of mappings to it') ;;
    'iam cost') names=('estimate:say what a table costs a month, line by line' 'compare:put the estimates of two workload files beside each other' 'explain:print the formulas of estimates, each with the page of AWS that it follows' 'prices:the prices that estimates use') ;;
    'iam cost prices') names=('show:show the prices of a Region, or what is known of each Region' 'update:download AWS'\''s price list, which needs no credentials, and keep it') ;;
    'iam sandbox') names=('start:serve a local AWS on 127.0.0.1 until it is stopped' 'env:print the shell lines that point AWS tools at the sandbox' 'stop:stop a running sandbox' 'function:the Lambda functions of a running sandbox' 'ctl:bend the sandbox: time, shards, trims, faults') ;;
    'iam sandbox function') names=('add:register a local JavaScript module as a Lambda function, or replace it' 'list:list the functions' 'remove:remove a function; its event source mappings stay') ;;
    *) names=() ;;
  esac
}

# Sets names to the options at the path $1.
__ddbx_options() {
  case $1 in
    'streams list') names=('--table:the streams of one table, in all its replicas' '--all:tables without a stream too, and streams that are empty by now' '--regions:look in these Regions') ;;
    'streams describe') names=('--no-peek:do not read the oldest record of each shard (one GetRecords request each)') ;;
    'streams enable') names=('--view:what of an item the stream records' '--no-wait:do not wait until the table is ACTIVE again' '--dry-run:run all checks, print the plan and the calls, change nothing' '--yes:do not ask' '--show-aws:print the equivalent aws command lines') ;;
    'streams disable') names=('--no-wait:do not wait until the table is ACTIVE again' '--dry-run:run all checks, print the plan and the calls, change nothing' '--yes:do not ask' '--show-aws:print the equivalent aws command lines') ;;
    'streams set-view') names=('--view:what of an item the stream records' '--dry-run:run all checks, print the plan and the calls, change nothing' '--yes:do not ask' '--show-aws:print the equivalent aws command lines') ;;
    'streams tail') names=('--from:latest (the default), trim-horizon, or a sequence number with --shard' '--since:records from then on: 15m, "2h ago" or an ISO 8601 instant' '--until:stop at this instant' '--no-follow:read to the end as it is now, then stop' '--limit:stop after n records' '--checkpoint:go on where the last run with this file stopped, and keep it up to date' '--event:records of these events' '--key:records of this key; repeat it for the sort key' '--changed:MODIFYs that changed this attribute' '--shard:records of this shard' '--ttl:deletes by TTL' '--filter:records that this filter of an event source mapping lets through; repeat it for alternatives' '--as-mapping:records that this mapping lets through: its UUID, ARN, or table:function' '--regions:the streams of these Regions, for the replicas of a table' '--order:of several shards' '--wide:show whole images' '--template:such as '\''{{at}} {{event}} {{keys}} {{new.status}}'\''' '--record:the form of ndjson: as Lambda receives it, or ordinary JSON' '--redact:hide the values of these' '--poll-interval:between polls of an idle shard' '--max-rps:GetRecords calls a second, over all shards' '--max-wait:how long to bear an endpoint that fails') ;;
    'streams export') names=('--to:an .ndjson or .ndjson.gz file, or - for stdout' '--overwrite:begin anew when the file exists' '--from:the oldest record' '--since:records from then on: 6h, "2h ago" or an ISO 8601 instant' '--until:records before this instant' '--redact:hide the values of these' '--filter:records that this filter of an event source mapping lets through; repeat it for alternatives' '--as-mapping:records that this mapping lets through: its UUID, ARN, or table:function' '--poll-interval:between polls of an idle shard' '--max-rps:GetRecords calls a second, over all shards' '--max-wait:how long to bear an endpoint that fails') ;;
    'streams replay') names=('--to:lambda:<function>, module:<file>[#<export>] or http://localhost...' '--batch-size:records, at most' '--window:how long to gather live records for a batch' '--maximum-retry-attempts:how often a failed batch is sent again' '--bisect-batch-on-function-error:halve a failed batch until the record that fails stands alone' '--invoke-timeout:how long one batch may take' '--from:of a table: trim-horizon, or latest with --follow' '--since:records from then on: 15m, "2h ago" or an ISO 8601 instant' '--until:records before this instant' '--follow:of a table: go on with new records' '--limit:send n records at most' '--event:insert, modify, remove' '--filter:records that this filter of an event source mapping lets through; repeat it for alternatives' '--as-mapping:records that this mapping lets through: its UUID, ARN, or table:function' '--poll-interval:between polls of an idle shard' '--max-rps:GetRecords calls a second, over all shards' '--max-wait:how long to bear an endpoint that fails' '--dry-run:run all checks, print the plan and the calls, change nothing' '--yes:do not ask' '--show-aws:print the equivalent aws command lines') ;;
    'streams stats') names=('--since:look back so far (10m, unless --follow)' '--follow:go on measuring, with a snapshot each interval, until Ctrl-C' '--top:how many of the hottest keys' '--interval:between two snapshots' '--filter:records that this filter of an event source mapping lets through; repeat it for alternatives' '--as-mapping:records that this mapping lets through: its UUID, ARN, or table:function' '--poll-interval:between polls of an idle shard' '--max-rps:GetRecords calls a second, over all shards' '--max-wait:how long to bear an endpoint that fails') ;;
    'filter check') names=('--view:what of an item the stream records' '--fail-on:the mildest finding that ends with exit code 4') ;;
    'filter test') names=('--records:NDJSON (.gz too), a JSON array or a Lambda event; - for stdin' '--invert:print those that do not pass') ;;
    'filter explain') names=('--record:a record, or several as filter test takes them; - for stdin') ;;
    'filter measure') names=('--table:table name, table ARN or stream ARN' '--since:look back so far' '--batch-size:records, at most' '--maximum-batching-window:how long records are gathered for a batch' '--poll-interval:between polls of an idle shard' '--max-rps:GetRecords calls a second, over all shards' '--max-wait:how long to bear an endpoint that fails') ;;
    'global status') names=('--watch:look again each interval, until Ctrl-C' '--interval:between two looks') ;;
    'global check') names=('--add:the Regions to be added' '--consistency:how the Regions agree' '--witness:with --consistency strong: a Region that only bears witness' '--kms-key:the customer managed key of a replica, for a table with a key of its own' '--table-class:another table class for the replicas' '--read-capacity:provisioned read capacity of a replica, where it is to differ') ;;
    'global add-replica') names=('--consistency:how the Regions agree' '--witness:with --consistency strong: a Region that only bears witness' '--kms-key:the customer managed key of a replica, for a table with a key of its own' '--table-class:another table class for the replicas' '--read-capacity:provisioned read capacity of a replica, where it is to differ' '--no-copy-settings:leave recovery, tags, deletion protection and insights of the replicas as AWS makes them' '--no-wait:do not wait until the replica is ACTIVE; later ones are then left for the next run' '--dry-run:run all checks, print the plan and the calls, change nothing' '--yes:do not ask' '--show-aws:print the equivalent aws command lines') ;;
    'global remove-replica') names=('--all:every Region but the one that is asked' '--no-wait:do not wait until the table is gone; later Regions are then left for the next run' '--dry-run:run all checks, print the plan and the calls, change nothing' '--yes:do not ask' '--show-aws:print the equivalent aws command lines') ;;
    'dlq status') names=('--fail-above:exit 4 when a queue holds more than n messages' '--no-peek:do not look at messages, which counts as a receive; then no time left is known') ;;
    'dlq peek') names=('--by:one line for each of these' '--max-messages:look at n messages at most') ;;
    'dlq drain') names=('--to:file:<path>, -, lambda:<function>, module:<file>, sqs:<queue>, sns:<topic ARN>; repeatable' '--keep:deliver, and leave every message in the queue (rescue)' '--expired:messages whose records the stream has forgotten' '--archive-to:with --expired archive: append what is known of them to this file' '--move-to:of a bucket: move what is done below this prefix instead of deleting it' '--function:given up by these functions or pipes' '--condition:such as RetryAttemptsExhausted' '--shard:of these shards' '--older-than:given up at least so long ago' '--max-messages:n messages at most' '--order:what goes first of what is in hand' '--rate:messages a second, at most' '--concurrency:long polls, and shards worked on, side by side' '--idle-timeout:end when nothing has come for so long (10s)' '--follow:go on listening when the queue is empty' '--visibility-timeout:how soon others may have what a killed drain had in hand' '--invoke-batch-size:records of one invocation, at most' '--retries:how often a batch that failed is sent again' '--bisect:halve a failed batch until the record that fails stands alone, and print it' '--invoke-timeout:how long one invocation may take' '--dry-run:run all checks, print the plan and the calls, change nothing' '--yes:do not ask' '--show-aws:print the equivalent aws command lines') ;;
    'dlq redrive') names=('--to:move them to this queue (where they came from)' '--rate:messages a second, at most 500 (as SQS likes)' '--cancel:stop the move that runs' '--no-wait:do not follow the move until it is done' '--dry-run:run all checks, print the plan and the calls, change nothing' '--yes:do not ask' '--show-aws:print the equivalent aws command lines') ;;
    'dlq create') names=('--retention:how long messages are kept, at most 14d' '--kms-key-id:encrypt with this key instead of that of SQS' '--tag:tag the queue; repeatable' '--attach:send the failures of this mapping to it: table:function, UUID or ARN; repeatable' '--dry-run:run all checks, print the plan and the calls, change nothing' '--yes:do not ask' '--show-aws:print the equivalent aws command lines') ;;
    'cost estimate') names=('--name:what to call the table (the table)' '--replica:a Region with a replica; repeat it' '--consistency:of the global table: MREC or MRSC (eventual)' '--witness:the third Region of a strong table, without data' '--writes:items written, such as 100M/day or 250/s; <region>=<rate> for those of another Region' '--reads:items read, such as 20M/day; <region>=<rate> for those of another Region' '--item-size:size of an item on average (1KB)' '--read-consistency:of reads within a Region (eventual)' '--transactional:share of the writes that is transactional (0%)' '--ttl-deletes:items that TTL deletes, such as 5M/month' '--gsi:n indexes, the share of writes that touches each (100%), and what is written to it (the item)' '--storage:table and indexes in each Region, such as 250GB' '--capacity:how throughput is paid for (on-demand)' '--utilization:average use of what is provisioned (70%)' '--table-class:the table class (standard)' '--pitr:point-in-time recovery, in every Region' '--backup-retention:a full backup a day, each kept this long, such as 35d' '--stream-readers:readers of their own; triggers and replication read for free' '--poll-interval:how often they ask each shard (1s)' '--shards:open shards of the stream (1)' '--trigger:a Lambda trigger: records in a batch, duration and memory of an invocation, such as 100:200:512' '--architecture:of the function (x86)' '--filter-pass:share of records that its filter lets through (100%)' '--failed:share of batches that ends in its failure queue (0%)' '--workload:a YAML or JSON file with these fields; flags come before it' '--table:a table that is there, by what CloudWatch counted' '--period:how far back to measure' '--prices:the newest that are there, those that ddbx came with, or those until 2024-10-31' '--price:a price of yours, such as eu-west-3:storage=0.29' '--discount:what is taken off, such as 12% or 12%:rwru' '--priced-as:price every Region as this one, as articles do; said on every line' '--include-transfer:charge replication as transfer between Regions' '--free-tier:take the free allowances off' '--what-if:the same with something changed: add-replica=<region>, capacity=provisioned, ...' '--sweep:draw the cost over a range, such as writes=1M..1B/day' '--fail-above:exit 4 when a month costs more') ;;
    'cost compare') names=('--prices:the newest that are there, those that ddbx came with, or those until 2024-10-31' '--price:a price of yours, such as eu-west-3:storage=0.29' '--discount:what is taken off, such as 12% or 12%:rwru' '--priced-as:price every Region as this one, as articles do; said on every line' '--include-transfer:charge replication as transfer between Regions' '--free-tier:take the free allowances off' '--fail-above:exit 4 when the second costs more a month') ;;
    'cost prices show') names=('--prices:the newest that are there, those that ddbx came with, or those until 2024-10-31') ;;
    'cost prices update') names=('--from:the same files from somewhere else' '--regions:of these Regions only; all, when left out' '--dry-run:run all checks, print the plan and the calls, change nothing' '--yes:do not ask' '--show-aws:print the equivalent aws command lines') ;;
    'sandbox start') names=('--port:the local port; 0 takes any free one' '--regions:the Regions there are; any, when left out' '--account:the account number in ARNs' '--shards:open shards of a new stream' '--data:keep the state in this folder, over restarts and crashes; without it, in memory' '--seed:begin with the tables, items, queues and functions of this JSON file' '--verify-signatures:check that requests are signed with the credentials of AWS'\''s documentation' '--require-policy:refuse what this identity-based policy does not allow; several add up' '--ready-file:write the URL to this file as soon as the sandbox answers') ;;
    'sandbox env' | 'sandbox stop' | 'sandbox function list' | 'sandbox function remove' | 'sandbox ctl') names=('--port:the local port; 0 takes any free one') ;;
    'sandbox function add') names=('--handler:the module; it is taken anew whenever it changes' '--export:the export that is the handler' '--invoke-timeout:how long an invocation may take (3s)' '--port:the local port; 0 takes any free one') ;;
    'demo') names=('--keep:leave the folder with the demo'\''s files in place') ;;
    'wait') names=('--for:what to wait for') ;;
    'iam' | 'iam streams' | 'iam streams list' | 'iam streams describe' | 'iam streams enable' | 'iam streams disable' | 'iam streams set-view' | 'iam streams tail' | 'iam streams export' | 'iam streams replay' | 'iam streams stats' | 'iam filter' | 'iam filter check' | 'iam filter test' | 'iam filter explain' | 'iam filter measure' | 'iam filter import' | 'iam global' | 'iam global status' | 'iam global check' | 'iam global add-replica' | 'iam global remove-replica' | 'iam dlq' | 'iam dlq status' | 'iam dlq peek' | 'iam dlq drain' | 'iam dlq redrive' | 'iam dlq create' | 'iam cost' | 'iam cost estimate' | 'iam cost compare' | 'iam cost explain' | 'iam cost prices' | 'iam cost prices show' | 'iam cost prices update' | 'iam sandbox' | 'iam sandbox start' | 'iam sandbox env' | 'iam sandbox stop' | 'iam sandbox function' | 'iam sandbox function add' | 'iam sandbox function list' | 'iam sandbox function remove' | 'iam sandbox ctl' | 'iam demo' | 'iam wait' | 'iam doctor' | 'iam completion') names=('--all:one policy for every command' '--table:only this table; a name or an ARN' '--account:only this account') ;;
    *) names=() ;;
  esac
  names+=('--version:print the version' '--profile:the AWS profile to use' '--region:the AWS Region to use' '--endpoint-url:another endpoint, such as a sandbox or DynamoDB Local' '--max-attempts:attempts for each request (5)' '--read-timeout:how long an answer may take (30s)' '--timeout:how long to wait for a state before giving up' '--output:how to print' '--query:a JMESPath expression on json and ndjson' '--color:when to colour' '--quiet:print data and errors only' '--verbose:say more on stderr' '--debug:show each request to AWS on stderr, and stack traces' '--no-progress:no spinner, no status line' '--help:print help')
}

# Says what the option $2 takes at the path $1: from stays empty for a flag.
__ddbx_value() {
  from='' list='' names=()
  case $1:$2 in
    'streams list:--table' | 'filter measure:--table' | 'cost estimate:--table' | 'iam:--table' | 'iam streams:--table' | 'iam streams list:--table' | 'iam streams describe:--table' | 'iam streams enable:--table' | 'iam streams disable:--table' | 'iam streams set-view:--table' | 'iam streams tail:--table' | 'iam streams export:--table' | 'iam streams replay:--table' | 'iam streams stats:--table' | 'iam filter:--table' | 'iam filter check:--table' | 'iam filter test:--table' | 'iam filter explain:--table' | 'iam filter measure:--table' | 'iam filter import:--table' | 'iam global:--table' | 'iam global status:--table' | 'iam global check:--table' | 'iam global add-replica:--table' | 'iam global remove-replica:--table' | 'iam dlq:--table' | 'iam dlq status:--table' | 'iam dlq peek:--table' | 'iam dlq drain:--table' | 'iam dlq redrive:--table' | 'iam dlq create:--table' | 'iam cost:--table' | 'iam cost estimate:--table' | 'iam cost compare:--table' | 'iam cost explain:--table' | 'iam cost prices:--table' | 'iam cost prices show:--table' | 'iam cost prices update:--table' | 'iam sandbox:--table' | 'iam sandbox start:--table' | 'iam sandbox env:--table' | 'iam sandbox stop:--table' | 'iam sandbox function:--table' | 'iam sandbox function add:--table' | 'iam sandbox function list:--table' | 'iam sandbox function remove:--table' | 'iam sandbox ctl:--table' | 'iam demo:--table' | 'iam wait:--table' | 'iam doctor:--table' | 'iam completion:--table') from=table ;;
    'streams list:--all' | 'streams describe:--no-peek' | 'streams enable:--no-wait' | 'streams enable:--dry-run' | 'streams enable:--yes' | 'streams enable:-y' | 'streams enable:--show-aws' | 'streams disable:--no-wait' | 'streams disable:--dry-run' | 'streams disable:--yes' | 'streams disable:-y' | 'streams disable:--show-aws' | 'streams set-view:--dry-run' | 'streams set-view:--yes' | 'streams set-view:-y' | 'streams set-view:--show-aws' | 'streams tail:--no-follow' | 'streams tail:--wide' | 'streams export:--overwrite' | 'streams replay:--bisect-batch-on-function-error' | 'streams replay:--bisect' | 'streams replay:--follow' | 'streams replay:-f' | 'streams replay:--dry-run' | 'streams replay:--yes' | 'streams replay:-y' | 'streams replay:--show-aws' | 'streams stats:--follow' | 'streams stats:-f' | 'filter test:--invert' | 'global status:--watch' | 'global status:-w' | 'global add-replica:--no-copy-settings' | 'global add-replica:--no-wait' | 'global add-replica:--dry-run' | 'global add-replica:--yes' | 'global add-replica:-y' | 'global add-replica:--show-aws' | 'global remove-replica:--all' | 'global remove-replica:--no-wait' | 'global remove-replica:--dry-run' | 'global remove-replica:--yes' | 'global remove-replica:-y' | 'global remove-replica:--show-aws' | 'dlq status:--no-peek' | 'dlq drain:--keep' | 'dlq drain:--follow' | 'dlq drain:-f' | 'dlq drain:--bisect' | 'dlq drain:--dry-run' | 'dlq drain:--yes' | 'dlq drain:-y' | 'dlq drain:--show-aws' | 'dlq redrive:--cancel' | 'dlq redrive:--no-wait' | 'dlq redrive:--dry-run' | 'dlq redrive:--yes' | 'dlq redrive:-y' | 'dlq redrive:--show-aws' | 'dlq create:--dry-run' | 'dlq create:--yes' | 'dlq create:-y' | 'dlq create:--show-aws' | 'cost estimate:--pitr' | 'cost estimate:--include-transfer' | 'cost estimate:--free-tier' | 'cost compare:--include-transfer' | 'cost compare:--free-tier' | 'cost prices update:--dry-run' | 'cost prices update:--yes' | 'cost prices update:-y' | 'cost prices update:--show-aws' | 'sandbox start:--verify-signatures' | 'demo:--keep' | 'iam:--all' | 'iam streams:--all' | 'iam streams list:--all' | 'iam streams describe:--all' | 'iam streams enable:--all' | 'iam streams disable:--all' | 'iam streams set-view:--all' | 'iam streams tail:--all' | 'iam streams export:--all' | 'iam streams replay:--all' | 'iam streams stats:--all' | 'iam filter:--all' | 'iam filter check:--all' | 'iam filter test:--all' | 'iam filter explain:--all' | 'iam filter measure:--all' | 'iam filter import:--all' | 'iam global:--all' | 'iam global status:--all' | 'iam global check:--all' | 'iam global add-replica:--all' | 'iam global remove-replica:--all' | 'iam dlq:--all' | 'iam dlq status:--all' | 'iam dlq peek:--all' | 'iam dlq drain:--all' | 'iam dlq redrive:--all' | 'iam dlq create:--all' | 'iam cost:--all' | 'iam cost estimate:--all' | 'iam cost compare:--all' | 'iam cost explain:--all' | 'iam cost prices:--all' | 'iam cost prices show:--all' | 'iam cost prices update:--all' | 'iam sandbox:--all' | 'iam sandbox start:--all' | 'iam sandbox env:--all' | 'iam sandbox stop:--all' | 'iam sandbox function:--all' | 'iam sandbox function add:--all' | 'iam sandbox function list:--all' | 'iam sandbox function remove:--all' | 'iam sandbox ctl:--all' | 'iam demo:--all' | 'iam wait:--all' | 'iam doctor:--all' | 'iam completion:--all') : ;;
    'streams list:--regions' | 'streams tail:--regions' | 'global check:--add' | 'cost prices update:--regions' | 'sandbox start:--regions') from=region list=1 ;;
    'streams enable:--view' | 'streams set-view:--view' | 'filter check:--view') from=names names=('keys-only' 'new-image' 'old-image' 'new-and-old-images') ;;
    'streams tail:--from' | 'streams tail:--since' | 'streams tail:--until' | 'streams tail:--limit' | 'streams tail:--key' | 'streams tail:--changed' | 'streams tail:--shard' | 'streams tail:--as-mapping' | 'streams tail:--template' | 'streams tail:--poll-interval' | 'streams tail:--max-rps' | 'streams tail:--max-wait' | 'streams export:--since' | 'streams export:--until' | 'streams export:--as-mapping' | 'streams export:--poll-interval' | 'streams export:--max-rps' | 'streams export:--max-wait' | 'streams replay:--to' | 'streams replay:--batch-size' | 'streams replay:--window' | 'streams replay:--maximum-retry-attempts' | 'streams replay:--retries' | 'streams replay:--invoke-timeout' | 'streams replay:--since' | 'streams replay:--until' | 'streams replay:--limit' | 'streams replay:--as-mapping' | 'streams replay:--poll-interval' | 'streams replay:--max-rps' | 'streams replay:--max-wait' | 'streams stats:--since' | 'streams stats:--top' | 'streams stats:--interval' | 'streams stats:--as-mapping' | 'streams stats:--poll-interval' | 'streams stats:--max-rps' | 'streams stats:--max-wait' | 'filter measure:--since' | 'filter measure:--batch-size' | 'filter measure:--maximum-batching-window' | 'filter measure:--window' | 'filter measure:--poll-interval' | 'filter measure:--max-rps' | 'filter measure:--max-wait' | 'global status:--interval' | 'global check:--kms-key' | 'global add-replica:--kms-key' | 'dlq status:--fail-above' | 'dlq peek:--max-messages' | 'dlq drain:--to' | 'dlq drain:--move-to' | 'dlq drain:--function' | 'dlq drain:--condition' | 'dlq drain:--shard' | 'dlq drain:--older-than' | 'dlq drain:--max-messages' | 'dlq drain:--rate' | 'dlq drain:--concurrency' | 'dlq drain:--idle-timeout' | 'dlq drain:--visibility-timeout' | 'dlq drain:--invoke-batch-size' | 'dlq drain:--retries' | 'dlq drain:--invoke-timeout' | 'dlq redrive:--to' | 'dlq redrive:--rate' | 'dlq create:--retention' | 'dlq create:--kms-key-id' | 'dlq create:--tag' | 'dlq create:--attach' | 'cost estimate:--name' | 'cost estimate:--writes' | 'cost estimate:--reads' | 'cost estimate:--item-size' | 'cost estimate:--transactional' | 'cost estimate:--ttl-deletes' | 'cost estimate:--gsi' | 'cost estimate:--storage' | 'cost estimate:--utilization' | 'cost estimate:--backup-retention' | 'cost estimate:--stream-readers' | 'cost estimate:--poll-interval' | 'cost estimate:--shards' | 'cost estimate:--trigger' | 'cost estimate:--filter-pass' | 'cost estimate:--failed' | 'cost estimate:--period' | 'cost estimate:--price' | 'cost estimate:--discount' | 'cost estimate:--what-if' | 'cost estimate:--sweep' | 'cost estimate:--fail-above' | 'cost compare:--price' | 'cost compare:--discount' | 'cost compare:--fail-above' | 'sandbox start:--port' | 'sandbox start:--account' | 'sandbox start:--shards' | 'sandbox env:--port' | 'sandbox stop:--port' | 'sandbox function add:--export' | 'sandbox function add:--invoke-timeout' | 'sandbox function add:--port' | 'sandbox function list:--port' | 'sandbox function remove:--port' | 'sandbox ctl:--port' | 'iam:--account' | 'iam streams:--account' | 'iam streams list:--account' | 'iam streams describe:--account' | 'iam streams enable:--account' | 'iam streams disable:--account' | 'iam streams set-view:--account' | 'iam streams tail:--account' | 'iam streams export:--account' | 'iam streams replay:--account' | 'iam streams stats:--account' | 'iam filter:--account' | 'iam filter check:--account' | 'iam filter test:--account' | 'iam filter explain:--account' | 'iam filter measure:--account' | 'iam filter import:--account' | 'iam global:--account' | 'iam global status:--account' | 'iam global check:--account' | 'iam global add-replica:--account' | 'iam global remove-replica:--account' | 'iam dlq:--account' | 'iam dlq status:--account' | 'iam dlq peek:--account' | 'iam dlq drain:--account' | 'iam dlq redrive:--account' | 'iam dlq create:--account' | 'iam cost:--account' | 'iam cost estimate:--account' | 'iam cost compare:--account' | 'iam cost explain:--account' | 'iam cost prices:--account' | 'iam cost prices show:--account' | 'iam cost prices update:--account' | 'iam sandbox:--account' | 'iam sandbox start:--account' | 'iam sandbox env:--account' | 'iam sandbox stop:--account' | 'iam sandbox function:--account' | 'iam sandbox function add:--account' | 'iam sandbox function list:--account' | 'iam sandbox function remove:--account' | 'iam sandbox ctl:--account' | 'iam demo:--account' | 'iam wait:--account' | 'iam doctor:--account' | 'iam completion:--account') from=nothing ;;
    'streams tail:--checkpoint' | 'streams tail:--filter' | 'streams export:--to' | 'streams export:--filter' | 'streams replay:--filter' | 'streams stats:--filter' | 'filter test:--records' | 'filter explain:--record' | 'dlq drain:--archive-to' | 'cost estimate:--workload' | 'cost prices update:--from' | 'sandbox start:--data' | 'sandbox start:--seed' | 'sandbox start:--require-policy' | 'sandbox start:--ready-file' | 'sandbox function add:--handler') from=files ;;
    'streams tail:--event') from=names names=('insert' 'modify' 'remove') list=1 ;;
    'streams tail:--ttl') from=names names=('only' 'exclude') ;;
    'streams tail:--order') from=names names=('arrival' 'time') ;;
    'streams tail:--record') from=names names=('lambda' 'plain') ;;
    'streams tail:--redact' | 'streams export:--redact' | 'streams replay:--event' | 'global check:--read-capacity' | 'global add-replica:--read-capacity') from=nothing list=1 ;;
    'streams export:--from') from=names names=('trim-horizon') ;;
    'streams replay:--from') from=names names=('latest' 'trim-horizon') ;;
    'filter check:--fail-on') from=names names=('error' 'warning' 'note') ;;
    'global check:--consistency' | 'global add-replica:--consistency' | 'cost estimate:--consistency' | 'cost estimate:--read-consistency') from=names names=('eventual' 'strong') ;;
    'global check:--witness' | 'global add-replica:--witness' | 'cost estimate:--replica' | 'cost estimate:--witness' | 'cost estimate:--priced-as' | 'cost compare:--priced-as') from=region ;;
    'global check:--table-class' | 'global add-replica:--table-class') from=names names=('standard' 'standard-infrequent-access') ;;
    'dlq peek:--by') from=names names=('function' 'condition' 'shard' 'table') ;;
    'dlq drain:--expired') from=names names=('keep' 'archive' 'delete') ;;
    'dlq drain:--order') from=names names=('oldest' 'soonest-expiry') ;;
    'cost estimate:--capacity') from=names names=('on-demand' 'provisioned') ;;
    'cost estimate:--table-class') from=names names=('standard' 'standard-ia') ;;
    'cost estimate:--architecture') from=names names=('x86' 'arm64') ;;
    'cost estimate:--prices' | 'cost compare:--prices' | 'cost prices show:--prices') from=names names=('newest' 'bundled' '2019') ;;
    'wait:--for') from=names names=('stream-enabled' 'stream-disabled' 'table-active') ;;
    *) __ddbx_global_value "$2" ;;
  esac
}

# The same for the options that every command takes.
__ddbx_global_value() {
  case $1 in
    '--profile') from=profile ;;
    '--region') from=region ;;
    '--endpoint-url' | '--max-attempts' | '--read-timeout' | '--timeout' | '--query') from=nothing ;;
    '--output') from=names names=('human' 'json' 'ndjson') ;;
    '--color') from=names names=('auto' 'always' 'never') ;;
    *) : ;;
  esac
}

# Says what the argument $2 (from 0) is at the path $1.
__ddbx_argument() {
  from='' list='' names=()
  case $1:$2 in
    'streams describe:0' | 'streams enable:0' | 'streams disable:0' | 'streams set-view:0' | 'streams tail:'* | 'streams export:0' | 'streams stats:0' | 'global status:0' | 'global check:0' | 'global add-replica:0' | 'global add-replica:'* | 'global remove-replica:0' | 'global remove-replica:'* | 'dlq status:0' | 'wait:0') from=table ;;
    'streams replay:0' | 'filter check:'* | 'filter test:'* | 'filter explain:'* | 'filter measure:'* | 'cost compare:0' | 'cost compare:1') from=files ;;
    'streams help:0') from=names names=('list' 'describe' 'enable' 'disable' 'set-view' 'tail' 'export' 'replay' 'stats') ;;
    'filter help:0') from=names names=('check' 'test' 'explain' 'measure' 'import') ;;
    'global help:0') from=names names=('status' 'check' 'add-replica' 'remove-replica') ;;
    'dlq help:0') from=names names=('status' 'peek' 'drain' 'redrive' 'create') ;;
    'cost prices help:0') from=names names=('show' 'update') ;;
    'cost help:0') from=names names=('estimate' 'compare' 'explain' 'prices') ;;
    'sandbox function help:0') from=names names=('add' 'list' 'remove') ;;
    'sandbox help:0') from=names names=('start' 'env' 'stop' 'function' 'ctl') ;;
    'completion:0') from=names names=('bash' 'zsh' 'fish' 'powershell') ;;
    'help:0') from=names names=('streams' 'filter' 'global' 'dlq' 'cost' 'sandbox' 'demo' 'wait' 'doctor' 'iam' 'completion') ;;
    *) : ;;
  esac
}

# Keeps the options that decide which AWS is asked.
__ddbx_keep() {
  case $1 in
    '--profile' | '--region' | '--endpoint-url') kept+=("$1=$2") ;;
  esac
}

# Asks ddbx for names of the kind $1 that begin with $2.
__ddbx_ask() {
  names=(${(f)"$(command ddbx __complete "$1" "${kept[@]}" -- "$2" 2>/dev/null </dev/null)"})
}

_ddbx() {
  local at='' option='' literal='' from='' list='' word name
  local -i given=0 i
  local -a names kept

  for ((i = 2; i < CURRENT; i++)); do
    word=${(Q)words[i]}
    if [[ -n $option ]]; then
      __ddbx_keep "$option" "$word"
      option=''
    elif [[ -n $literal || $word != -?* ]]; then
      __ddbx_commands "$at"
      for name in "${names[@]}"; do
        if [[ -z $literal && $given == 0 && ${name%%:*} == "$word" ]]; then
          at=${at:+$at }$word
          continue 2
        fi
      done
      given=$((given + 1))
    elif [[ $word == -- ]]; then
      literal=1
    elif [[ $word == --*=* ]]; then
      __ddbx_keep "${word%%=*}" "${word#*=}"
    else
      __ddbx_value "$at" "$word"
      if [[ -n $from ]]; then option=$word; fi
    fi
  done

  if [[ -n $option ]]; then
    __ddbx_value "$at" "$option"
  elif [[ -z $literal && $PREFIX == --*=* ]]; then
    __ddbx_value "$at" "${PREFIX%%=*}"
    compset -P 1 '*='
  elif [[ -z $literal && $PREFIX == -* ]]; then
    __ddbx_options "$at"
    _describe -o 'option' names
    return
  else
    __ddbx_commands "$at"
    if [[ -z $literal && $given == 0 && ${#names} -gt 0 ]]; then
      _describe -t commands 'command' names
      return
    fi
    __ddbx_argument "$at" "$given"
  fi
  if [[ -n $list ]]; then compset -P '*,'; fi

  case $from in
    '' | nothing) return 1 ;;
    files) _files; return ;;
    names) ;;
    *) __ddbx_ask "$from" "${(Q)PREFIX}" ;;
  esac
  compadd -a names
}

if [[ ${funcstack[1]-} == _ddbx ]]; then
  _ddbx "$@"
elif (( $+functions[compdef] )); then
  compdef _ddbx ddbx
fi
