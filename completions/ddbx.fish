# fish completion for ddbx; made by `ddbx completion fish`.
# Typed words are compared and passed on, never expanded or run.

# The commands that can be typed, and the options behind which a value stands: of every command, and "command:option".
set -g __ddbx_paths 'streams' 'streams list' 'streams describe' 'streams enable' 'streams disable' 'streams set-view' 'streams tail' 'streams export' 'streams replay' 'streams stats' 'streams help' 'esm' 'esm list' 'esm show' 'esm attach' 'esm tune' 'esm pause' 'esm resume' 'esm repoint' 'esm detach' 'esm lint' 'esm explain' 'esm advise' 'esm blocked' 'esm help' 'filter' 'filter check' 'filter test' 'filter explain' 'filter measure' 'filter import' 'filter help' 'global' 'global status' 'global check' 'global lag' 'global add-replica' 'global remove-replica' 'global probe' 'global conflicts' 'global diff' 'global verify' 'global help' 'dlq' 'dlq status' 'dlq peek' 'dlq drain' 'dlq redrive' 'dlq create' 'dlq help' 'cost' 'cost estimate' 'cost compare' 'cost explain' 'cost prices' 'cost prices show' 'cost prices update' 'cost prices help' 'cost help' 'sandbox' 'sandbox start' 'sandbox env' 'sandbox stop' 'sandbox function' 'sandbox function add' 'sandbox function list' 'sandbox function remove' 'sandbox function help' 'sandbox ctl' 'sandbox help' 'demo' 'wait' 'doctor' 'iam' 'iam streams' 'iam streams list' 'iam streams describe' 'iam streams enable' 'iam streams disable' 'iam streams set-view' 'iam streams tail' 'iam streams export' 'iam streams replay' 'iam streams stats' 'iam esm' 'iam esm list' 'iam esm show' 'iam esm attach' 'iam esm tune' 'iam esm pause' 'iam esm resume' 'iam esm repoint' 'iam esm detach' 'iam esm lint' 'iam esm explain' 'iam esm advise' 'iam esm blocked' 'iam filter' 'iam filter check' 'iam filter test' 'iam filter explain' 'iam filter measure' 'iam filter import' 'iam global' 'iam global status' 'iam global check' 'iam global lag' 'iam global add-replica' 'iam global remove-replica' 'iam global probe' 'iam global conflicts' 'iam global diff' 'iam global verify' 'iam dlq' 'iam dlq status' 'iam dlq peek' 'iam dlq drain' 'iam dlq redrive' 'iam dlq create' 'iam cost' 'iam cost estimate' 'iam cost compare' 'iam cost explain' 'iam cost prices' 'iam cost prices show' 'iam cost prices update' 'iam sandbox' 'iam sandbox start' 'iam sandbox env' 'iam sandbox stop' 'iam sandbox function' 'iam sandbox function add' 'iam sandbox function list' 'iam sandbox function remove' 'iam sandbox ctl' 'iam demo' 'iam wait' 'iam doctor' 'iam completion' 'completion' 'help'
set -g __ddbx_taking '--profile' '--region' '--endpoint-url' '--max-attempts' '--read-timeout' '--timeout' '--output' '--query' '--color' 'streams list:--table' 'streams list:--regions' 'streams enable:--view' 'streams set-view:--view' 'streams tail:--from' 'streams tail:--since' 'streams tail:--until' 'streams tail:--limit' 'streams tail:--checkpoint' 'streams tail:--event' 'streams tail:--key' 'streams tail:--changed' 'streams tail:--shard' 'streams tail:--ttl' 'streams tail:--filter' 'streams tail:--as-mapping' 'streams tail:--regions' 'streams tail:--order' 'streams tail:--template' 'streams tail:--record' 'streams tail:--redact' 'streams tail:--poll-interval' 'streams tail:--max-rps' 'streams tail:--max-wait' 'streams export:--to' 'streams export:--from' 'streams export:--since' 'streams export:--until' 'streams export:--redact' 'streams export:--filter' 'streams export:--as-mapping' 'streams export:--poll-interval' 'streams export:--max-rps' 'streams export:--max-wait' 'streams replay:--to' 'streams replay:--batch-size' 'streams replay:--window' 'streams replay:--maximum-retry-attempts' 'streams replay:--retries' 'streams replay:--invoke-timeout' 'streams replay:--from' 'streams replay:--since' 'streams replay:--until' 'streams replay:--limit' 'streams replay:--event' 'streams replay:--filter' 'streams replay:--as-mapping' 'streams replay:--poll-interval' 'streams replay:--max-rps' 'streams replay:--max-wait' 'streams stats:--since' 'streams stats:--top' 'streams stats:--interval' 'streams stats:--filter' 'streams stats:--as-mapping' 'streams stats:--poll-interval' 'streams stats:--max-rps' 'streams stats:--max-wait' 'esm list:--function' 'esm show:--emit' 'esm attach:--starting-position' 'esm attach:--enable-stream' 'esm attach:--tag' 'esm attach:--batch-size' 'esm attach:--maximum-batching-window' 'esm attach:--parallelization-factor' 'esm attach:--maximum-retry-attempts' 'esm attach:--maximum-record-age' 'esm attach:--tumbling-window' 'esm attach:--on-failure' 'esm attach:--filter' 'esm attach:--kms-key' 'esm attach:--preset' 'esm tune:--batch-size' 'esm tune:--maximum-batching-window' 'esm tune:--parallelization-factor' 'esm tune:--maximum-retry-attempts' 'esm tune:--maximum-record-age' 'esm tune:--tumbling-window' 'esm tune:--on-failure' 'esm tune:--filter' 'esm tune:--kms-key' 'esm tune:--preset' 'esm repoint:--quiet-for' 'esm lint:--fail-on' 'esm explain:--preset' 'esm advise:--since' 'filter check:--view' 'filter check:--fail-on' 'filter test:--records' 'filter explain:--record' 'filter measure:--table' 'filter measure:--since' 'filter measure:--batch-size' 'filter measure:--maximum-batching-window' 'filter measure:--window' 'filter measure:--poll-interval' 'filter measure:--max-rps' 'filter measure:--max-wait' 'global status:--interval' 'global check:--add' 'global check:--consistency' 'global check:--witness' 'global check:--kms-key' 'global check:--table-class' 'global check:--read-capacity' 'global lag:--window' 'global lag:--period' 'global lag:--fail-above' 'global lag:--interval' 'global add-replica:--consistency' 'global add-replica:--witness' 'global add-replica:--kms-key' 'global add-replica:--table-class' 'global add-replica:--read-capacity' 'global probe:--count' 'global probe:--patience' 'global conflicts:--window' 'global conflicts:--since' 'global conflicts:--region-attribute' 'global conflicts:--top' 'global conflicts:--poll-interval' 'global conflicts:--max-rps' 'global conflicts:--max-wait' 'global verify:--regions' 'global verify:--max-rcu' 'global verify:--segments' 'global verify:--parallel' 'global verify:--settle' 'global verify:--checkpoint' 'dlq status:--fail-above' 'dlq peek:--by' 'dlq peek:--max-messages' 'dlq drain:--to' 'dlq drain:--expired' 'dlq drain:--archive-to' 'dlq drain:--move-to' 'dlq drain:--function' 'dlq drain:--condition' 'dlq drain:--shard' 'dlq drain:--older-than' 'dlq drain:--max-messages' 'dlq drain:--order' 'dlq drain:--rate' 'dlq drain:--concurrency' 'dlq drain:--idle-timeout' 'dlq drain:--visibility-timeout' 'dlq drain:--invoke-batch-size' 'dlq drain:--retries' 'dlq drain:--invoke-timeout' 'dlq redrive:--to' 'dlq redrive:--rate' 'dlq create:--retention' 'dlq create:--kms-key-id' 'dlq create:--tag' 'dlq create:--attach' 'cost estimate:--name' 'cost estimate:--replica' 'cost estimate:--consistency' 'cost estimate:--witness' 'cost estimate:--writes' 'cost estimate:--reads' 'cost estimate:--item-size' 'cost estimate:--read-consistency' 'cost estimate:--transactional' 'cost estimate:--ttl-deletes' 'cost estimate:--gsi' 'cost estimate:--storage' 'cost estimate:--capacity' 'cost estimate:--utilization' 'cost estimate:--table-class' 'cost estimate:--backup-retention' 'cost estimate:--stream-readers' 'cost estimate:--poll-interval' 'cost estimate:--shards' 'cost estimate:--trigger' 'cost estimate:--architecture' 'cost estimate:--filter-pass' 'cost estimate:--failed' 'cost estimate:--workload' 'cost estimate:--table' 'cost estimate:--period' 'cost estimate:--prices' 'cost estimate:--price' 'cost estimate:--discount' 'cost estimate:--priced-as' 'cost estimate:--what-if' 'cost estimate:--sweep' 'cost estimate:--fail-above' 'cost compare:--prices' 'cost compare:--price' 'cost compare:--discount' 'cost compare:--priced-as' 'cost compare:--fail-above' 'cost prices show:--prices' 'cost prices update:--from' 'cost prices update:--regions' 'sandbox start:--port' 'sandbox start:--regions' 'sandbox start:--account' 'sandbox start:--shards' 'sandbox start:--data' 'sandbox start:--seed' 'sandbox start:--require-policy' 'sandbox start:--ready-file' 'sandbox env:--port' 'sandbox stop:--port' 'sandbox function add:--handler' 'sandbox function add:--export' 'sandbox function add:--invoke-timeout' 'sandbox function add:--port' 'sandbox function list:--port' 'sandbox function remove:--port' 'sandbox ctl:--port' 'wait:--for' 'iam:--table' 'iam:--account' 'iam streams:--table' 'iam streams:--account' 'iam streams list:--table' 'iam streams list:--account' 'iam streams describe:--table' 'iam streams describe:--account' 'iam streams enable:--table' 'iam streams enable:--account' 'iam streams disable:--table' 'iam streams disable:--account' 'iam streams set-view:--table' 'iam streams set-view:--account' 'iam streams tail:--table' 'iam streams tail:--account' 'iam streams export:--table' 'iam streams export:--account' 'iam streams replay:--table' 'iam streams replay:--account' 'iam streams stats:--table' 'iam streams stats:--account' 'iam esm:--table' 'iam esm:--account' 'iam esm list:--table' 'iam esm list:--account' 'iam esm show:--table' 'iam esm show:--account' 'iam esm attach:--table' 'iam esm attach:--account' 'iam esm tune:--table' 'iam esm tune:--account' 'iam esm pause:--table' 'iam esm pause:--account' 'iam esm resume:--table' 'iam esm resume:--account' 'iam esm repoint:--table' 'iam esm repoint:--account' 'iam esm detach:--table' 'iam esm detach:--account' 'iam esm lint:--table' 'iam esm lint:--account' 'iam esm explain:--table' 'iam esm explain:--account' 'iam esm advise:--table' 'iam esm advise:--account' 'iam esm blocked:--table' 'iam esm blocked:--account' 'iam filter:--table' 'iam filter:--account' 'iam filter check:--table' 'iam filter check:--account' 'iam filter test:--table' 'iam filter test:--account' 'iam filter explain:--table' 'iam filter explain:--account' 'iam filter measure:--table' 'iam filter measure:--account' 'iam filter import:--table' 'iam filter import:--account' 'iam global:--table' 'iam global:--account' 'iam global status:--table' 'iam global status:--account' 'iam global check:--table' 'iam global check:--account' 'iam global lag:--table' 'iam global lag:--account' 'iam global add-replica:--table' 'iam global add-replica:--account' 'iam global remove-replica:--table' 'iam global remove-replica:--account' 'iam global probe:--table' 'iam global probe:--account' 'iam global conflicts:--table' 'iam global conflicts:--account' 'iam global diff:--table' 'iam global diff:--account' 'iam global verify:--table' 'iam global verify:--account' 'iam dlq:--table' 'iam dlq:--account' 'iam dlq status:--table' 'iam dlq status:--account' 'iam dlq peek:--table' 'iam dlq peek:--account' 'iam dlq drain:--table' 'iam dlq drain:--account' 'iam dlq redrive:--table' 'iam dlq redrive:--account' 'iam dlq create:--table' 'iam dlq create:--account' 'iam cost:--table' 'iam cost:--account' 'iam cost estimate:--table' 'iam cost estimate:--account' 'iam cost compare:--table' 'iam cost compare:--account' 'iam cost explain:--table' 'iam cost explain:--account' 'iam cost prices:--table' 'iam cost prices:--account' 'iam cost prices show:--table' 'iam cost prices show:--account' 'iam cost prices update:--table' 'iam cost prices update:--account' 'iam sandbox:--table' 'iam sandbox:--account' 'iam sandbox start:--table' 'iam sandbox start:--account' 'iam sandbox env:--table' 'iam sandbox env:--account' 'iam sandbox stop:--table' 'iam sandbox stop:--account' 'iam sandbox function:--table' 'iam sandbox function:--account' 'iam sandbox function add:--table' 'iam sandbox function add:--account' 'iam sandbox function list:--table' 'iam sandbox function list:--account' 'iam sandbox function remove:--table' 'iam sandbox function remove:--account' 'iam sandbox ctl:--table' 'iam sandbox ctl:--account' 'iam demo:--table' 'iam demo:--account' 'iam wait:--table' 'iam wait:--account' 'iam doctor:--table' 'iam doctor:--account' 'iam completion:--table' 'iam completion:--account'
set -g __ddbx_passed_on '--profile' '--region' '--endpoint-url'

# Prints the command that is typed so far, then the number of its arguments, then the options for asking.
function __ddbx_typed
    set -l tokens (commandline -opc)
    set -e tokens[1]
    set -l at ''
    set -l given 0
    set -l option ''
    set -l literal ''
    set -l kept
    for token in $tokens
        if test -n "$option"
            contains -- "$option" $__ddbx_passed_on; and set -a kept "$option=$token"
            set option ''
        else if test -z "$literal"; and test "$token" = --
            set literal 1
        else if test -z "$literal"; and string match -q -- '--*=*' "$token"
            contains -- (string split -m 1 '=' -- "$token")[1] $__ddbx_passed_on; and set -a kept "$token"
        else if test -z "$literal"; and string match -q -- '-?*' "$token"
            if contains -- "$token" $__ddbx_taking; or contains -- "$at:$token" $__ddbx_taking
                set option $token
            end
        else
            set -l next (string trim -- "$at $token")
            if test -z "$literal"; and test $given -eq 0; and contains -- "$next" $__ddbx_paths
                set at $next
            else
                set given (math $given + 1)
            end
        end
    end
    printf '%s\n' "$at" $given $kept
end

# Whether the command $argv[1] is typed, with $argv[2] arguments behind it when that is given.
function __ddbx_at
    set -l typed (__ddbx_typed)
    test "$typed[1]" = "$argv[1]"; or return 1
    test (count $argv) -eq 1; or test "$typed[2]" = "$argv[2]"
end

# Asks ddbx for names of a kind that begin with what is typed.
function __ddbx_ask
    set -l kept (__ddbx_typed)
    set -e kept[1..2]
    set -l last (string split ',' -- (string replace -r -- '^--[^=]*=' '' (commandline -ct)))[-1]
    command ddbx __complete $argv[1] $kept -- "$last" 2>/dev/null </dev/null
end

# Puts what is typed before the last comma in front of each name.
function __ddbx_list
    set -l before (string match -r -- '^.*,' (string replace -r -- '^--[^=]*=' '' (commandline -ct)))
    for name in $argv
        echo "$before$name"
    end
end

complete -c ddbx -f

complete -c ddbx -l version -s V -d 'print the version'
complete -c ddbx -l profile -x -a '(__ddbx_ask profile)' -d 'the AWS profile to use'
complete -c ddbx -l region -x -a '(__ddbx_ask region)' -d 'the AWS Region to use'
complete -c ddbx -l endpoint-url -x -d 'another endpoint, such as a sandbox or DynamoDB Local'
complete -c ddbx -l max-attempts -x -d 'attempts for each request (5)'
complete -c ddbx -l read-timeout -x -d 'how long an answer may take (30s)'
complete -c ddbx -l timeout -x -d 'how long to wait for a state before giving up'
complete -c ddbx -l output -x -a 'human json ndjson' -d 'how to print'
complete -c ddbx -l query -x -d 'a JMESPath expression on json and ndjson'
complete -c ddbx -l color -x -a 'auto always never' -d 'when to colour'
complete -c ddbx -l quiet -s q -d 'print data and errors only'
complete -c ddbx -l verbose -s v -d 'say more on stderr'
complete -c ddbx -l debug -d 'show each request to AWS on stderr, and stack traces'
complete -c ddbx -l no-progress -d 'no spinner, no status line'
complete -c ddbx -l help -s h -d 'print help'

complete -c ddbx -n '__ddbx_at \'\' 0' -a 'streams' -d 'enable, reshape, read and watch DynamoDB Streams'
complete -c ddbx -n '__ddbx_at \'\' 0' -a 'esm' -d 'attach, tune, lint and repair the Lambda triggers of streams'
complete -c ddbx -n '__ddbx_at \'\' 0' -a 'filter' -d 'check, try and measure the filters of event source mappings'
complete -c ddbx -n '__ddbx_at \'\' 0' -a 'global' -d 'add, watch, check and compare the Regions of global tables'
complete -c ddbx -n '__ddbx_at \'\' 0' -a 'dlq' -d 'turn the pointers of failure queues back into records'
complete -c ddbx -n '__ddbx_at \'\' 0' -a 'cost' -d 'what replicated writes, streams and triggers cost'
complete -c ddbx -n '__ddbx_at \'\' 0' -a 'sandbox' -d 'a local AWS to try everything on'
complete -c ddbx -n '__ddbx_at \'\' 0' -a 'demo' -d 'a tour of ddbx on a sandbox of its own'
complete -c ddbx -n '__ddbx_at \'\' 0' -a 'wait' -d 'wait until a table or its stream reaches a state'
complete -c ddbx -n '__ddbx_at \'\' 0' -a 'doctor' -d 'show what ddbx would use: Region, credentials, endpoint, proxy'
complete -c ddbx -n '__ddbx_at \'\' 0' -a 'iam' -d 'print the least IAM policy for a command'
complete -c ddbx -n '__ddbx_at \'\' 0' -a 'completion' -d 'print the completion script for a shell'
complete -c ddbx -n '__ddbx_at \'\' 0' -a 'help' -d 'print help for a command'

complete -c ddbx -n '__ddbx_at \'streams\' 0' -a 'list' -d 'show every stream: enabled ones, and older ones that can still be read'
complete -c ddbx -n '__ddbx_at \'streams\' 0' -a 'describe' -d 'show the shards of a stream as a tree of lineage, and how old their records are'
complete -c ddbx -n '__ddbx_at \'streams\' 0' -a 'enable' -d 'turn a table\'s stream on'
complete -c ddbx -n '__ddbx_at \'streams\' 0' -a 'disable' -d 'turn a table\'s stream off; what it holds stays readable for up to 24 hours'
complete -c ddbx -n '__ddbx_at \'streams\' 0' -a 'set-view' -d 'change what a stream records, by replacing it with a new stream'
complete -c ddbx -n '__ddbx_at \'streams\' 0' -a 'tail' -d 'watch the records of one or more streams as they come'
complete -c ddbx -n '__ddbx_at \'streams\' 0' -a 'export' -d 'write what a stream still holds to a file, resumably'
complete -c ddbx -n '__ddbx_at \'streams\' 0' -a 'replay' -d 'feed recorded or live records to a consumer in batches, as Lambda would'
complete -c ddbx -n '__ddbx_at \'streams\' 0' -a 'stats' -d 'measure a stream: rates, sizes, hottest keys, lag, deletes by TTL'
complete -c ddbx -n '__ddbx_at \'streams\' 0' -a 'help' -d 'print help for a command'

complete -c ddbx -n '__ddbx_at \'streams list\'' -l table -x -a '(__ddbx_ask table)' -d 'the streams of one table, in all its replicas'
complete -c ddbx -n '__ddbx_at \'streams list\'' -l all -d 'tables without a stream too, and streams that are empty by now'
complete -c ddbx -n '__ddbx_at \'streams list\'' -l regions -x -a '(__ddbx_list (__ddbx_ask region))' -d 'look in these Regions'

complete -c ddbx -n '__ddbx_at \'streams describe\'' -l no-peek -d 'do not read the oldest record of each shard (one GetRecords request each)'
complete -c ddbx -n '__ddbx_at \'streams describe\' 0' -a '(__ddbx_ask table)'

complete -c ddbx -n '__ddbx_at \'streams enable\'' -l view -x -a 'keys-only new-image old-image new-and-old-images' -d 'what of an item the stream records'
complete -c ddbx -n '__ddbx_at \'streams enable\'' -l no-wait -d 'do not wait until the table is ACTIVE again'
complete -c ddbx -n '__ddbx_at \'streams enable\'' -l dry-run -d 'run all checks, print the plan and the calls, change nothing'
complete -c ddbx -n '__ddbx_at \'streams enable\'' -l yes -s y -d 'do not ask'
complete -c ddbx -n '__ddbx_at \'streams enable\'' -l show-aws -d 'print the equivalent aws command lines'
complete -c ddbx -n '__ddbx_at \'streams enable\' 0' -a '(__ddbx_ask table)'

complete -c ddbx -n '__ddbx_at \'streams disable\'' -l no-wait -d 'do not wait until the table is ACTIVE again'
complete -c ddbx -n '__ddbx_at \'streams disable\'' -l dry-run -d 'run all checks, print the plan and the calls, change nothing'
complete -c ddbx -n '__ddbx_at \'streams disable\'' -l yes -s y -d 'do not ask'
complete -c ddbx -n '__ddbx_at \'streams disable\'' -l show-aws -d 'print the equivalent aws command lines'
complete -c ddbx -n '__ddbx_at \'streams disable\' 0' -a '(__ddbx_ask table)'

complete -c ddbx -n '__ddbx_at \'streams set-view\'' -l view -x -a 'keys-only new-image old-image new-and-old-images' -d 'what of an item the stream records'
complete -c ddbx -n '__ddbx_at \'streams set-view\'' -l repoint -d 'then move every mapping that it orphans, as ddbx esm repoint does'
complete -c ddbx -n '__ddbx_at \'streams set-view\'' -l now -d 'with --repoint: skip what is left of the old stream'
complete -c ddbx -n '__ddbx_at \'streams set-view\'' -l dry-run -d 'run all checks, print the plan and the calls, change nothing'
complete -c ddbx -n '__ddbx_at \'streams set-view\'' -l yes -s y -d 'do not ask'
complete -c ddbx -n '__ddbx_at \'streams set-view\'' -l show-aws -d 'print the equivalent aws command lines'
complete -c ddbx -n '__ddbx_at \'streams set-view\' 0' -a '(__ddbx_ask table)'

complete -c ddbx -n '__ddbx_at \'streams tail\'' -l from -x -d 'latest (the default), trim-horizon, or a sequence number with --shard'
complete -c ddbx -n '__ddbx_at \'streams tail\'' -l since -x -d 'records from then on: 15m, "2h ago" or an ISO 8601 instant'
complete -c ddbx -n '__ddbx_at \'streams tail\'' -l until -x -d 'stop at this instant'
complete -c ddbx -n '__ddbx_at \'streams tail\'' -l no-follow -d 'read to the end as it is now, then stop'
complete -c ddbx -n '__ddbx_at \'streams tail\'' -l limit -x -d 'stop after n records'
complete -c ddbx -n '__ddbx_at \'streams tail\'' -l checkpoint -r -F -d 'go on where the last run with this file stopped, and keep it up to date'
complete -c ddbx -n '__ddbx_at \'streams tail\'' -l event -x -a '(__ddbx_list (string split \' \' \'insert modify remove\'))' -d 'records of these events'
complete -c ddbx -n '__ddbx_at \'streams tail\'' -l key -x -d 'records of this key; repeat it for the sort key'
complete -c ddbx -n '__ddbx_at \'streams tail\'' -l changed -x -d 'MODIFYs that changed this attribute'
complete -c ddbx -n '__ddbx_at \'streams tail\'' -l shard -x -d 'records of this shard'
complete -c ddbx -n '__ddbx_at \'streams tail\'' -l ttl -x -a 'only exclude' -d 'deletes by TTL'
complete -c ddbx -n '__ddbx_at \'streams tail\'' -l filter -r -F -d 'records that this filter of an event source mapping lets through; repeat it for alternatives'
complete -c ddbx -n '__ddbx_at \'streams tail\'' -l as-mapping -x -d 'records that this mapping lets through: its UUID, ARN, or table:function'
complete -c ddbx -n '__ddbx_at \'streams tail\'' -l regions -x -a '(__ddbx_list (__ddbx_ask region))' -d 'the streams of these Regions, for the replicas of a table'
complete -c ddbx -n '__ddbx_at \'streams tail\'' -l order -x -a 'arrival time' -d 'of several shards'
complete -c ddbx -n '__ddbx_at \'streams tail\'' -l wide -d 'show whole images'
complete -c ddbx -n '__ddbx_at \'streams tail\'' -l template -x -d 'such as \'{{at}} {{event}} {{keys}} {{new.status}}\''
complete -c ddbx -n '__ddbx_at \'streams tail\'' -l record -x -a 'lambda plain' -d 'the form of ndjson: as Lambda receives it, or ordinary JSON'
complete -c ddbx -n '__ddbx_at \'streams tail\'' -l redact -x -d 'hide the values of these'
complete -c ddbx -n '__ddbx_at \'streams tail\'' -l poll-interval -x -d 'between polls of an idle shard'
complete -c ddbx -n '__ddbx_at \'streams tail\'' -l max-rps -x -d 'GetRecords calls a second, over all shards'
complete -c ddbx -n '__ddbx_at \'streams tail\'' -l max-wait -x -d 'how long to bear an endpoint that fails'
complete -c ddbx -n '__ddbx_at \'streams tail\'' -a '(__ddbx_ask table)'

complete -c ddbx -n '__ddbx_at \'streams export\'' -l to -r -F -d 'an .ndjson or .ndjson.gz file, or - for stdout'
complete -c ddbx -n '__ddbx_at \'streams export\'' -l overwrite -d 'begin anew when the file exists'
complete -c ddbx -n '__ddbx_at \'streams export\'' -l from -x -a 'trim-horizon' -d 'the oldest record'
complete -c ddbx -n '__ddbx_at \'streams export\'' -l since -x -d 'records from then on: 6h, "2h ago" or an ISO 8601 instant'
complete -c ddbx -n '__ddbx_at \'streams export\'' -l until -x -d 'records before this instant'
complete -c ddbx -n '__ddbx_at \'streams export\'' -l redact -x -d 'hide the values of these'
complete -c ddbx -n '__ddbx_at \'streams export\'' -l filter -r -F -d 'records that this filter of an event source mapping lets through; repeat it for alternatives'
complete -c ddbx -n '__ddbx_at \'streams export\'' -l as-mapping -x -d 'records that this mapping lets through: its UUID, ARN, or table:function'
complete -c ddbx -n '__ddbx_at \'streams export\'' -l poll-interval -x -d 'between polls of an idle shard'
complete -c ddbx -n '__ddbx_at \'streams export\'' -l max-rps -x -d 'GetRecords calls a second, over all shards'
complete -c ddbx -n '__ddbx_at \'streams export\'' -l max-wait -x -d 'how long to bear an endpoint that fails'
complete -c ddbx -n '__ddbx_at \'streams export\' 0' -a '(__ddbx_ask table)'

complete -c ddbx -n '__ddbx_at \'streams replay\'' -l to -x -d 'lambda:<function>, module:<file>[#<export>] or http://localhost...'
complete -c ddbx -n '__ddbx_at \'streams replay\'' -l batch-size -x -d 'records, at most'
complete -c ddbx -n '__ddbx_at \'streams replay\'' -l window -x -d 'how long to gather live records for a batch'
complete -c ddbx -n '__ddbx_at \'streams replay\'' -l maximum-retry-attempts -l retries -x -d 'how often a failed batch is sent again'
complete -c ddbx -n '__ddbx_at \'streams replay\'' -l bisect-batch-on-function-error -l bisect -d 'halve a failed batch until the record that fails stands alone'
complete -c ddbx -n '__ddbx_at \'streams replay\'' -l invoke-timeout -x -d 'how long one batch may take'
complete -c ddbx -n '__ddbx_at \'streams replay\'' -l from -x -a 'latest trim-horizon' -d 'of a table: trim-horizon, or latest with --follow'
complete -c ddbx -n '__ddbx_at \'streams replay\'' -l since -x -d 'records from then on: 15m, "2h ago" or an ISO 8601 instant'
complete -c ddbx -n '__ddbx_at \'streams replay\'' -l until -x -d 'records before this instant'
complete -c ddbx -n '__ddbx_at \'streams replay\'' -l follow -s f -d 'of a table: go on with new records'
complete -c ddbx -n '__ddbx_at \'streams replay\'' -l limit -x -d 'send n records at most'
complete -c ddbx -n '__ddbx_at \'streams replay\'' -l event -x -d 'insert, modify, remove'
complete -c ddbx -n '__ddbx_at \'streams replay\'' -l filter -r -F -d 'records that this filter of an event source mapping lets through; repeat it for alternatives'
complete -c ddbx -n '__ddbx_at \'streams replay\'' -l as-mapping -x -d 'records that this mapping lets through: its UUID, ARN, or table:function'
complete -c ddbx -n '__ddbx_at \'streams replay\'' -l poll-interval -x -d 'between polls of an idle shard'
complete -c ddbx -n '__ddbx_at \'streams replay\'' -l max-rps -x -d 'GetRecords calls a second, over all shards'
complete -c ddbx -n '__ddbx_at \'streams replay\'' -l max-wait -x -d 'how long to bear an endpoint that fails'
complete -c ddbx -n '__ddbx_at \'streams replay\'' -l dry-run -d 'run all checks, print the plan and the calls, change nothing'
complete -c ddbx -n '__ddbx_at \'streams replay\'' -l yes -s y -d 'do not ask'
complete -c ddbx -n '__ddbx_at \'streams replay\'' -l show-aws -d 'print the equivalent aws command lines'
complete -c ddbx -n '__ddbx_at \'streams replay\' 0' -F

complete -c ddbx -n '__ddbx_at \'streams stats\'' -l since -x -d 'look back so far (10m, unless --follow)'
complete -c ddbx -n '__ddbx_at \'streams stats\'' -l follow -s f -d 'go on measuring, with a snapshot each interval, until Ctrl-C'
complete -c ddbx -n '__ddbx_at \'streams stats\'' -l top -x -d 'how many of the hottest keys'
complete -c ddbx -n '__ddbx_at \'streams stats\'' -l interval -x -d 'between two snapshots'
complete -c ddbx -n '__ddbx_at \'streams stats\'' -l filter -r -F -d 'records that this filter of an event source mapping lets through; repeat it for alternatives'
complete -c ddbx -n '__ddbx_at \'streams stats\'' -l as-mapping -x -d 'records that this mapping lets through: its UUID, ARN, or table:function'
complete -c ddbx -n '__ddbx_at \'streams stats\'' -l poll-interval -x -d 'between polls of an idle shard'
complete -c ddbx -n '__ddbx_at \'streams stats\'' -l max-rps -x -d 'GetRecords calls a second, over all shards'
complete -c ddbx -n '__ddbx_at \'streams stats\'' -l max-wait -x -d 'how long to bear an endpoint that fails'
complete -c ddbx -n '__ddbx_at \'streams stats\' 0' -a '(__ddbx_ask table)'

complete -c ddbx -n '__ddbx_at \'streams help\' 0' -a 'list describe enable disable set-view tail export replay stats'

complete -c ddbx -n '__ddbx_at \'esm\' 0' -a 'list' -d 'show the mappings of a table, of a function, or of the Region: state, lag, failures'
complete -c ddbx -n '__ddbx_at \'esm\' 0' -a 'show' -d 'show one mapping: its state, its lag, its failure queue, every setting'
complete -c ddbx -n '__ddbx_at \'esm\' 0' -a 'attach' -d 'make a function read a table\'s stream, or change the mapping that does'
complete -c ddbx -n '__ddbx_at \'esm\' 0' -a 'tune' -d 'change settings of a mapping: prints old -> new, and does nothing when nothing changes'
complete -c ddbx -n '__ddbx_at \'esm\' 0' -a 'pause' -d 'stop a mapping from reading; it keeps its position for 24 hours'
complete -c ddbx -n '__ddbx_at \'esm\' 0' -a 'resume' -d 'let a mapping read on where it stopped'
complete -c ddbx -n '__ddbx_at \'esm\' 0' -a 'repoint' -d 'move a mapping to its table\'s present stream, with the same settings'
complete -c ddbx -n '__ddbx_at \'esm\' 0' -a 'detach' -d 'remove a mapping; its position in the stream is lost'
complete -c ddbx -n '__ddbx_at \'esm\' 0' -a 'lint' -d 'find what will go wrong with mappings: retries, destinations, windows, readers, filters, queues'
complete -c ddbx -n '__ddbx_at \'esm\' 0' -a 'explain' -d 'say what happens to a record that fails: attempts, ages, splits, where it ends'
complete -c ddbx -n '__ddbx_at \'esm\' 0' -a 'advise' -d 'say what limits a mapping: parallelization, batch size, concurrency or the function'
complete -c ddbx -n '__ddbx_at \'esm\' 0' -a 'blocked' -d 'find the shard and the record at which a mapping stands'
complete -c ddbx -n '__ddbx_at \'esm\' 0' -a 'help' -d 'print help for a command'

complete -c ddbx -n '__ddbx_at \'esm list\'' -l function -x -d 'the mappings of this function'
complete -c ddbx -n '__ddbx_at \'esm list\' 0' -a '(__ddbx_ask table)'

complete -c ddbx -n '__ddbx_at \'esm show\'' -l emit -x -a 'terraform cloudformation' -d 'print it as a resource instead, to be kept in code'

complete -c ddbx -n '__ddbx_at \'esm attach\'' -l starting-position -x -a 'trim-horizon latest' -d 'where a new mapping begins to read (trim-horizon)'
complete -c ddbx -n '__ddbx_at \'esm attach\'' -l enable-stream -x -a 'keys-only new-image old-image new-and-old-images' -d 'turn the stream on with this view where it is off'
complete -c ddbx -n '__ddbx_at \'esm attach\'' -l disabled -d 'make the mapping, and let it read nothing yet'
complete -c ddbx -n '__ddbx_at \'esm attach\'' -l tag -x -d 'a tag of the mapping; may be repeated'
complete -c ddbx -n '__ddbx_at \'esm attach\'' -l no-wait -d 'do not wait until the mapping is enabled'
complete -c ddbx -n '__ddbx_at \'esm attach\'' -l batch-size -x -d 'records in one invocation at most; 6 MB is the other limit; a whole number from 1 to 10000'
complete -c ddbx -n '__ddbx_at \'esm attach\'' -l maximum-batching-window -x -d 'how long to gather records before an invocation; a duration from 0s to 5m (or whole seconds); also --window'
complete -c ddbx -n '__ddbx_at \'esm attach\'' -l parallelization-factor -x -d 'batches of one shard in work at once; order is kept for each item; a whole number from 1 to 10; also --parallelization'
complete -c ddbx -n '__ddbx_at \'esm attach\'' -l maximum-retry-attempts -x -d 'further attempts after the first one fails; a whole number from 0 to 10000, or infinite; also --retries'
complete -c ddbx -n '__ddbx_at \'esm attach\'' -l maximum-record-age -x -d 'older records are given up; the stream itself keeps them 24 hours; a duration from 1m to 7d (or whole seconds), or infinite; also --record-age'
complete -c ddbx -n '__ddbx_at \'esm attach\'' -l bisect -d 'halve a batch that fails, to find the record that does it'
complete -c ddbx -n '__ddbx_at \'esm attach\'' -l no-bisect -d 'turn bisect off'
complete -c ddbx -n '__ddbx_at \'esm attach\'' -l report-batch-item-failures -d 'the function answers with the records that failed, and only those are tried again'
complete -c ddbx -n '__ddbx_at \'esm attach\'' -l no-report-batch-item-failures -d 'turn partial failures off'
complete -c ddbx -n '__ddbx_at \'esm attach\'' -l tumbling-window -x -d 'group invocations into windows that hand state on; 0 for none; a duration from 0s to 15m (or whole seconds)'
complete -c ddbx -n '__ddbx_at \'esm attach\'' -l on-failure -x -d 'where a note of records that were given up goes: a queue\'s name, an ARN (SQS, SNS, S3), create, or none'
complete -c ddbx -n '__ddbx_at \'esm attach\'' -l filter -x -d 'records that match none of these patterns are skipped; JSON or @file, may be repeated'
complete -c ddbx -n '__ddbx_at \'esm attach\'' -l no-filter -d 'remove all filters'
complete -c ddbx -n '__ddbx_at \'esm attach\'' -l metrics -d 'count events of this mapping in CloudWatch (EventCount, charged)'
complete -c ddbx -n '__ddbx_at \'esm attach\'' -l no-metrics -d 'do not count them'
complete -c ddbx -n '__ddbx_at \'esm attach\'' -l kms-key -x -d 'the key that encrypts the filters, or none'
complete -c ddbx -n '__ddbx_at \'esm attach\'' -l preset -x -a 'resilient low-latency high-throughput cost' -d 'a documented bundle of settings; single flags beat it'
complete -c ddbx -n '__ddbx_at \'esm attach\'' -l dry-run -d 'run all checks, print the plan and the calls, change nothing'
complete -c ddbx -n '__ddbx_at \'esm attach\'' -l yes -s y -d 'do not ask'
complete -c ddbx -n '__ddbx_at \'esm attach\'' -l show-aws -d 'print the equivalent aws command lines'
complete -c ddbx -n '__ddbx_at \'esm attach\' 0' -a '(__ddbx_ask table)'
complete -c ddbx -n '__ddbx_at \'esm attach\' 1' -a '(__ddbx_ask table)'

complete -c ddbx -n '__ddbx_at \'esm tune\'' -l no-wait -d 'do not wait until the change is done'
complete -c ddbx -n '__ddbx_at \'esm tune\'' -l batch-size -x -d 'records in one invocation at most; 6 MB is the other limit; a whole number from 1 to 10000'
complete -c ddbx -n '__ddbx_at \'esm tune\'' -l maximum-batching-window -x -d 'how long to gather records before an invocation; a duration from 0s to 5m (or whole seconds); also --window'
complete -c ddbx -n '__ddbx_at \'esm tune\'' -l parallelization-factor -x -d 'batches of one shard in work at once; order is kept for each item; a whole number from 1 to 10; also --parallelization'
complete -c ddbx -n '__ddbx_at \'esm tune\'' -l maximum-retry-attempts -x -d 'further attempts after the first one fails; a whole number from 0 to 10000, or infinite; also --retries'
complete -c ddbx -n '__ddbx_at \'esm tune\'' -l maximum-record-age -x -d 'older records are given up; the stream itself keeps them 24 hours; a duration from 1m to 7d (or whole seconds), or infinite; also --record-age'
complete -c ddbx -n '__ddbx_at \'esm tune\'' -l bisect -d 'halve a batch that fails, to find the record that does it'
complete -c ddbx -n '__ddbx_at \'esm tune\'' -l no-bisect -d 'turn bisect off'
complete -c ddbx -n '__ddbx_at \'esm tune\'' -l report-batch-item-failures -d 'the function answers with the records that failed, and only those are tried again'
complete -c ddbx -n '__ddbx_at \'esm tune\'' -l no-report-batch-item-failures -d 'turn partial failures off'
complete -c ddbx -n '__ddbx_at \'esm tune\'' -l tumbling-window -x -d 'group invocations into windows that hand state on; 0 for none; a duration from 0s to 15m (or whole seconds)'
complete -c ddbx -n '__ddbx_at \'esm tune\'' -l on-failure -x -d 'where a note of records that were given up goes: a queue\'s name, an ARN (SQS, SNS, S3), create, or none'
complete -c ddbx -n '__ddbx_at \'esm tune\'' -l filter -x -d 'records that match none of these patterns are skipped; JSON or @file, may be repeated'
complete -c ddbx -n '__ddbx_at \'esm tune\'' -l no-filter -d 'remove all filters'
complete -c ddbx -n '__ddbx_at \'esm tune\'' -l metrics -d 'count events of this mapping in CloudWatch (EventCount, charged)'
complete -c ddbx -n '__ddbx_at \'esm tune\'' -l no-metrics -d 'do not count them'
complete -c ddbx -n '__ddbx_at \'esm tune\'' -l kms-key -x -d 'the key that encrypts the filters, or none'
complete -c ddbx -n '__ddbx_at \'esm tune\'' -l preset -x -a 'resilient low-latency high-throughput cost' -d 'a documented bundle of settings; single flags beat it'
complete -c ddbx -n '__ddbx_at \'esm tune\'' -l dry-run -d 'run all checks, print the plan and the calls, change nothing'
complete -c ddbx -n '__ddbx_at \'esm tune\'' -l yes -s y -d 'do not ask'
complete -c ddbx -n '__ddbx_at \'esm tune\'' -l show-aws -d 'print the equivalent aws command lines'

complete -c ddbx -n '__ddbx_at \'esm pause\'' -l no-wait -d 'do not wait until it is Disabled'
complete -c ddbx -n '__ddbx_at \'esm pause\'' -l dry-run -d 'run all checks, print the plan and the calls, change nothing'
complete -c ddbx -n '__ddbx_at \'esm pause\'' -l yes -s y -d 'do not ask'
complete -c ddbx -n '__ddbx_at \'esm pause\'' -l show-aws -d 'print the equivalent aws command lines'

complete -c ddbx -n '__ddbx_at \'esm resume\'' -l no-wait -d 'do not wait until it is Enabled'
complete -c ddbx -n '__ddbx_at \'esm resume\'' -l dry-run -d 'run all checks, print the plan and the calls, change nothing'
complete -c ddbx -n '__ddbx_at \'esm resume\'' -l yes -s y -d 'do not ask'
complete -c ddbx -n '__ddbx_at \'esm resume\'' -l show-aws -d 'print the equivalent aws command lines'

complete -c ddbx -n '__ddbx_at \'esm repoint\'' -l now -d 'do not wait until the old stream is read to its end: what is left of it is skipped'
complete -c ddbx -n '__ddbx_at \'esm repoint\'' -l quiet-for -x -d 'the old stream counts as read when nothing was read of it for so long'
complete -c ddbx -n '__ddbx_at \'esm repoint\'' -l dry-run -d 'run all checks, print the plan and the calls, change nothing'
complete -c ddbx -n '__ddbx_at \'esm repoint\'' -l yes -s y -d 'do not ask'
complete -c ddbx -n '__ddbx_at \'esm repoint\'' -l show-aws -d 'print the equivalent aws command lines'

complete -c ddbx -n '__ddbx_at \'esm detach\'' -l no-wait -d 'do not wait until it is gone'
complete -c ddbx -n '__ddbx_at \'esm detach\'' -l dry-run -d 'run all checks, print the plan and the calls, change nothing'
complete -c ddbx -n '__ddbx_at \'esm detach\'' -l yes -s y -d 'do not ask'
complete -c ddbx -n '__ddbx_at \'esm detach\'' -l show-aws -d 'print the equivalent aws command lines'

complete -c ddbx -n '__ddbx_at \'esm lint\'' -l all -d 'every mapping of a DynamoDB stream in the Region'
complete -c ddbx -n '__ddbx_at \'esm lint\'' -l fail-on -x -a 'error warn' -d 'exit 4 from this severity on'
complete -c ddbx -n '__ddbx_at \'esm lint\' 0' -a '(__ddbx_ask table)'

complete -c ddbx -n '__ddbx_at \'esm explain\'' -l preset -x -a 'resilient low-latency high-throughput cost' -d 'as it would be with this preset'

complete -c ddbx -n '__ddbx_at \'esm advise\'' -l since -x -d 'how far back to measure'

complete -c ddbx -n '__ddbx_at \'esm help\' 0' -a 'list show attach tune pause resume repoint detach lint explain advise blocked'

complete -c ddbx -n '__ddbx_at \'filter\' 0' -a 'check' -d 'say whether Lambda takes a filter, and what it does not do although it seems to'
complete -c ddbx -n '__ddbx_at \'filter\' 0' -a 'test' -d 'print the recorded records that pass a filter'
complete -c ddbx -n '__ddbx_at \'filter\' 0' -a 'explain' -d 'say why a record passes a filter or does not: for each path, what is wanted and what is there'
complete -c ddbx -n '__ddbx_at \'filter\' 0' -a 'measure' -d 'say how many of the records of a stream pass a filter, and what the consumer would not see'
complete -c ddbx -n '__ddbx_at \'filter\' 0' -a 'import' -d 'print the filters of an event source mapping, as the other verbs take them'
complete -c ddbx -n '__ddbx_at \'filter\' 0' -a 'help' -d 'print help for a command'

complete -c ddbx -n '__ddbx_at \'filter check\'' -l view -x -a 'keys-only new-image old-image new-and-old-images' -d 'what of an item the stream records'
complete -c ddbx -n '__ddbx_at \'filter check\'' -l fail-on -x -a 'error warning note' -d 'the mildest finding that ends with exit code 4'
complete -c ddbx -n '__ddbx_at \'filter check\'' -F

complete -c ddbx -n '__ddbx_at \'filter test\'' -l records -r -F -d 'NDJSON (.gz too), a JSON array or a Lambda event; - for stdin'
complete -c ddbx -n '__ddbx_at \'filter test\'' -l invert -d 'print those that do not pass'
complete -c ddbx -n '__ddbx_at \'filter test\'' -F

complete -c ddbx -n '__ddbx_at \'filter explain\'' -l record -r -F -d 'a record, or several as filter test takes them; - for stdin'
complete -c ddbx -n '__ddbx_at \'filter explain\'' -F

complete -c ddbx -n '__ddbx_at \'filter measure\'' -l table -x -a '(__ddbx_ask table)' -d 'table name, table ARN or stream ARN'
complete -c ddbx -n '__ddbx_at \'filter measure\'' -l since -x -d 'look back so far'
complete -c ddbx -n '__ddbx_at \'filter measure\'' -l batch-size -x -d 'records, at most'
complete -c ddbx -n '__ddbx_at \'filter measure\'' -l maximum-batching-window -l window -x -d 'how long records are gathered for a batch'
complete -c ddbx -n '__ddbx_at \'filter measure\'' -l poll-interval -x -d 'between polls of an idle shard'
complete -c ddbx -n '__ddbx_at \'filter measure\'' -l max-rps -x -d 'GetRecords calls a second, over all shards'
complete -c ddbx -n '__ddbx_at \'filter measure\'' -l max-wait -x -d 'how long to bear an endpoint that fails'
complete -c ddbx -n '__ddbx_at \'filter measure\'' -F

complete -c ddbx -n '__ddbx_at \'filter help\' 0' -a 'check test explain measure import'

complete -c ddbx -n '__ddbx_at \'global\' 0' -a 'status' -d 'show a table in all its Regions: states, settings, latency'
complete -c ddbx -n '__ddbx_at \'global\' 0' -a 'check' -d 'look for everything that would stop Regions from being added'
complete -c ddbx -n '__ddbx_at \'global\' 0' -a 'lag' -d 'show how late changes arrive, for each pair of Regions, from CloudWatch'
complete -c ddbx -n '__ddbx_at \'global\' 0' -a 'add-replica' -d 'check, then add Regions one after the other, each followed to ACTIVE'
complete -c ddbx -n '__ddbx_at \'global\' 0' -a 'remove-replica' -d 'delete the table of some Regions with its data, in the order that AWS allows'
complete -c ddbx -n '__ddbx_at \'global\' 0' -a 'probe' -d 'write a canary in each Region and time its arrival in every other'
complete -c ddbx -n '__ddbx_at \'global\' 0' -a 'conflicts' -d 'find items that two Regions changed at the same time: who won, and what was lost'
complete -c ddbx -n '__ddbx_at \'global\' 0' -a 'diff' -d 'find settings that differ between replicas, and make them equal'
complete -c ddbx -n '__ddbx_at \'global\' 0' -a 'verify' -d 'compare the items of all Regions, and name the keys that differ'
complete -c ddbx -n '__ddbx_at \'global\' 0' -a 'help' -d 'print help for a command'

complete -c ddbx -n '__ddbx_at \'global status\'' -l watch -s w -d 'look again each interval, until Ctrl-C'
complete -c ddbx -n '__ddbx_at \'global status\'' -l interval -x -d 'between two looks'
complete -c ddbx -n '__ddbx_at \'global status\' 0' -a '(__ddbx_ask table)'

complete -c ddbx -n '__ddbx_at \'global check\'' -l add -x -a '(__ddbx_list (__ddbx_ask region))' -d 'the Regions to be added'
complete -c ddbx -n '__ddbx_at \'global check\'' -l consistency -x -a 'eventual strong' -d 'how the Regions agree'
complete -c ddbx -n '__ddbx_at \'global check\'' -l witness -x -a '(__ddbx_ask region)' -d 'with --consistency strong: a Region that only bears witness'
complete -c ddbx -n '__ddbx_at \'global check\'' -l kms-key -x -d 'the customer managed key of a replica, for a table with a key of its own'
complete -c ddbx -n '__ddbx_at \'global check\'' -l table-class -x -a 'standard standard-infrequent-access' -d 'another table class for the replicas'
complete -c ddbx -n '__ddbx_at \'global check\'' -l read-capacity -x -d 'provisioned read capacity of a replica, where it is to differ'
complete -c ddbx -n '__ddbx_at \'global check\' 0' -a '(__ddbx_ask table)'

complete -c ddbx -n '__ddbx_at \'global lag\'' -l window -x -d 'look back so far'
complete -c ddbx -n '__ddbx_at \'global lag\'' -l period -x -d 'one value for each; whole minutes'
complete -c ddbx -n '__ddbx_at \'global lag\'' -l fail-above -x -d 'exit 4 when a latest average is above this, or a pair has stalled'
complete -c ddbx -n '__ddbx_at \'global lag\'' -l watch -s w -d 'look again each interval, until Ctrl-C'
complete -c ddbx -n '__ddbx_at \'global lag\'' -l interval -x -d 'between two looks'
complete -c ddbx -n '__ddbx_at \'global lag\' 0' -a '(__ddbx_ask table)'

complete -c ddbx -n '__ddbx_at \'global add-replica\'' -l consistency -x -a 'eventual strong' -d 'how the Regions agree'
complete -c ddbx -n '__ddbx_at \'global add-replica\'' -l witness -x -a '(__ddbx_ask region)' -d 'with --consistency strong: a Region that only bears witness'
complete -c ddbx -n '__ddbx_at \'global add-replica\'' -l kms-key -x -d 'the customer managed key of a replica, for a table with a key of its own'
complete -c ddbx -n '__ddbx_at \'global add-replica\'' -l table-class -x -a 'standard standard-infrequent-access' -d 'another table class for the replicas'
complete -c ddbx -n '__ddbx_at \'global add-replica\'' -l read-capacity -x -d 'provisioned read capacity of a replica, where it is to differ'
complete -c ddbx -n '__ddbx_at \'global add-replica\'' -l no-copy-settings -d 'leave recovery, tags, deletion protection and insights of the replicas as AWS makes them'
complete -c ddbx -n '__ddbx_at \'global add-replica\'' -l no-wait -d 'do not wait until the replica is ACTIVE; later ones are then left for the next run'
complete -c ddbx -n '__ddbx_at \'global add-replica\'' -l dry-run -d 'run all checks, print the plan and the calls, change nothing'
complete -c ddbx -n '__ddbx_at \'global add-replica\'' -l yes -s y -d 'do not ask'
complete -c ddbx -n '__ddbx_at \'global add-replica\'' -l show-aws -d 'print the equivalent aws command lines'
complete -c ddbx -n '__ddbx_at \'global add-replica\' 0' -a '(__ddbx_ask table)'
complete -c ddbx -n '__ddbx_at \'global add-replica\'' -a '(__ddbx_ask table)'

complete -c ddbx -n '__ddbx_at \'global remove-replica\'' -l all -d 'every Region but the one that is asked'
complete -c ddbx -n '__ddbx_at \'global remove-replica\'' -l no-wait -d 'do not wait until the table is gone; later Regions are then left for the next run'
complete -c ddbx -n '__ddbx_at \'global remove-replica\'' -l dry-run -d 'run all checks, print the plan and the calls, change nothing'
complete -c ddbx -n '__ddbx_at \'global remove-replica\'' -l yes -s y -d 'do not ask'
complete -c ddbx -n '__ddbx_at \'global remove-replica\'' -l show-aws -d 'print the equivalent aws command lines'
complete -c ddbx -n '__ddbx_at \'global remove-replica\' 0' -a '(__ddbx_ask table)'
complete -c ddbx -n '__ddbx_at \'global remove-replica\'' -a '(__ddbx_ask table)'

complete -c ddbx -n '__ddbx_at \'global probe\'' -l count -x -d 'canaries of each Region'
complete -c ddbx -n '__ddbx_at \'global probe\'' -l patience -x -d 'a canary that takes longer is lost'
complete -c ddbx -n '__ddbx_at \'global probe\'' -l yes -s y -d 'write into the table without asking'
complete -c ddbx -n '__ddbx_at \'global probe\' 0' -a '(__ddbx_ask table)'

complete -c ddbx -n '__ddbx_at \'global conflicts\'' -l window -x -d 'changes this far apart at most; longer after a Region was cut off'
complete -c ddbx -n '__ddbx_at \'global conflicts\'' -l since -x -d 'look back so far (without --follow: the whole stream)'
complete -c ddbx -n '__ddbx_at \'global conflicts\'' -l no-follow -d 'stop at the end as it is now; exit 4 when there were conflicts'
complete -c ddbx -n '__ddbx_at \'global conflicts\'' -l region-attribute -x -d 'an attribute in which your application writes the Region of each write'
complete -c ddbx -n '__ddbx_at \'global conflicts\'' -l top -x -d 'how many of the keys with the most conflicts'
complete -c ddbx -n '__ddbx_at \'global conflicts\'' -l poll-interval -x -d 'between polls of an idle shard'
complete -c ddbx -n '__ddbx_at \'global conflicts\'' -l max-rps -x -d 'GetRecords calls a second, over all shards'
complete -c ddbx -n '__ddbx_at \'global conflicts\'' -l max-wait -x -d 'how long to bear an endpoint that fails'
complete -c ddbx -n '__ddbx_at \'global conflicts\' 0' -a '(__ddbx_ask table)'

complete -c ddbx -n '__ddbx_at \'global diff\'' -l fix -d 'turn on and add in the other Regions what the asked one has; nothing is turned off or taken away'
complete -c ddbx -n '__ddbx_at \'global diff\'' -l dry-run -d 'run all checks, print the plan and the calls, change nothing'
complete -c ddbx -n '__ddbx_at \'global diff\'' -l yes -s y -d 'do not ask'
complete -c ddbx -n '__ddbx_at \'global diff\'' -l show-aws -d 'print the equivalent aws command lines'
complete -c ddbx -n '__ddbx_at \'global diff\' 0' -a '(__ddbx_ask table)'

complete -c ddbx -n '__ddbx_at \'global verify\'' -l regions -x -a '(__ddbx_list (__ddbx_ask region))' -d 'only these of its Regions'
complete -c ddbx -n '__ddbx_at \'global verify\'' -l max-rcu -x -d 'read units a second, in each Region'
complete -c ddbx -n '__ddbx_at \'global verify\'' -l segments -x -d 'parts that each Region is read in (by size)'
complete -c ddbx -n '__ddbx_at \'global verify\'' -l parallel -x -d 'parts of a Region that are read at once'
complete -c ddbx -n '__ddbx_at \'global verify\'' -l settle -x -d 'how long replication is given before what differs is read again'
complete -c ddbx -n '__ddbx_at \'global verify\'' -l checkpoint -r -F -d 'keep what has been read in this file, and go on from it'
complete -c ddbx -n '__ddbx_at \'global verify\' 0' -a '(__ddbx_ask table)'

complete -c ddbx -n '__ddbx_at \'global help\' 0' -a 'status check lag add-replica remove-replica probe conflicts diff verify'

complete -c ddbx -n '__ddbx_at \'dlq\' 0' -a 'status' -d 'show every failure queue of a table\'s or a function\'s mappings: depth, age, time left'
complete -c ddbx -n '__ddbx_at \'dlq\' 0' -a 'peek' -d 'show what waits in a failure queue, and how long the stream still remembers it'
complete -c ddbx -n '__ddbx_at \'dlq\' 0' -a 'drain' -d 'bring the records of failed batches back, deliver them, then delete the messages'
complete -c ddbx -n '__ddbx_at \'dlq\' 0' -a 'redrive' -d 'move the messages of a queue\'s dead-letter queue back to it'
complete -c ddbx -n '__ddbx_at \'dlq\' 0' -a 'create' -d 'make a queue for failed batches, and send the failures of mappings to it'
complete -c ddbx -n '__ddbx_at \'dlq\' 0' -a 'help' -d 'print help for a command'

complete -c ddbx -n '__ddbx_at \'dlq status\'' -l fail-above -x -d 'exit 4 when a queue holds more than n messages'
complete -c ddbx -n '__ddbx_at \'dlq status\'' -l no-peek -d 'do not look at messages, which counts as a receive; then no time left is known'
complete -c ddbx -n '__ddbx_at \'dlq status\' 0' -a '(__ddbx_ask table)'

complete -c ddbx -n '__ddbx_at \'dlq peek\'' -l by -x -a 'function condition shard table' -d 'one line for each of these'
complete -c ddbx -n '__ddbx_at \'dlq peek\'' -l max-messages -x -d 'look at n messages at most'

complete -c ddbx -n '__ddbx_at \'dlq drain\'' -l to -x -d 'file:<path>, -, lambda:<function>, module:<file>, sqs:<queue>, sns:<topic ARN>; repeatable'
complete -c ddbx -n '__ddbx_at \'dlq drain\'' -l keep -d 'deliver, and leave every message in the queue (rescue)'
complete -c ddbx -n '__ddbx_at \'dlq drain\'' -l expired -x -a 'keep archive delete' -d 'messages whose records the stream has forgotten'
complete -c ddbx -n '__ddbx_at \'dlq drain\'' -l archive-to -r -F -d 'with --expired archive: append what is known of them to this file'
complete -c ddbx -n '__ddbx_at \'dlq drain\'' -l move-to -x -d 'of a bucket: move what is done below this prefix instead of deleting it'
complete -c ddbx -n '__ddbx_at \'dlq drain\'' -l function -x -d 'given up by these functions or pipes'
complete -c ddbx -n '__ddbx_at \'dlq drain\'' -l condition -x -d 'such as RetryAttemptsExhausted'
complete -c ddbx -n '__ddbx_at \'dlq drain\'' -l shard -x -d 'of these shards'
complete -c ddbx -n '__ddbx_at \'dlq drain\'' -l older-than -x -d 'given up at least so long ago'
complete -c ddbx -n '__ddbx_at \'dlq drain\'' -l max-messages -x -d 'n messages at most'
complete -c ddbx -n '__ddbx_at \'dlq drain\'' -l order -x -a 'oldest soonest-expiry' -d 'what goes first of what is in hand'
complete -c ddbx -n '__ddbx_at \'dlq drain\'' -l rate -x -d 'messages a second, at most'
complete -c ddbx -n '__ddbx_at \'dlq drain\'' -l concurrency -x -d 'long polls, and shards worked on, side by side'
complete -c ddbx -n '__ddbx_at \'dlq drain\'' -l idle-timeout -x -d 'end when nothing has come for so long (10s)'
complete -c ddbx -n '__ddbx_at \'dlq drain\'' -l follow -s f -d 'go on listening when the queue is empty'
complete -c ddbx -n '__ddbx_at \'dlq drain\'' -l visibility-timeout -x -d 'how soon others may have what a killed drain had in hand'
complete -c ddbx -n '__ddbx_at \'dlq drain\'' -l invoke-batch-size -x -d 'records of one invocation, at most'
complete -c ddbx -n '__ddbx_at \'dlq drain\'' -l retries -x -d 'how often a batch that failed is sent again'
complete -c ddbx -n '__ddbx_at \'dlq drain\'' -l bisect -d 'halve a failed batch until the record that fails stands alone, and print it'
complete -c ddbx -n '__ddbx_at \'dlq drain\'' -l invoke-timeout -x -d 'how long one invocation may take'
complete -c ddbx -n '__ddbx_at \'dlq drain\'' -l dry-run -d 'run all checks, print the plan and the calls, change nothing'
complete -c ddbx -n '__ddbx_at \'dlq drain\'' -l yes -s y -d 'do not ask'
complete -c ddbx -n '__ddbx_at \'dlq drain\'' -l show-aws -d 'print the equivalent aws command lines'

complete -c ddbx -n '__ddbx_at \'dlq redrive\'' -l to -x -d 'move them to this queue (where they came from)'
complete -c ddbx -n '__ddbx_at \'dlq redrive\'' -l rate -x -d 'messages a second, at most 500 (as SQS likes)'
complete -c ddbx -n '__ddbx_at \'dlq redrive\'' -l cancel -d 'stop the move that runs'
complete -c ddbx -n '__ddbx_at \'dlq redrive\'' -l no-wait -d 'do not follow the move until it is done'
complete -c ddbx -n '__ddbx_at \'dlq redrive\'' -l dry-run -d 'run all checks, print the plan and the calls, change nothing'
complete -c ddbx -n '__ddbx_at \'dlq redrive\'' -l yes -s y -d 'do not ask'
complete -c ddbx -n '__ddbx_at \'dlq redrive\'' -l show-aws -d 'print the equivalent aws command lines'

complete -c ddbx -n '__ddbx_at \'dlq create\'' -l retention -x -d 'how long messages are kept, at most 14d'
complete -c ddbx -n '__ddbx_at \'dlq create\'' -l kms-key-id -x -d 'encrypt with this key instead of that of SQS'
complete -c ddbx -n '__ddbx_at \'dlq create\'' -l tag -x -d 'tag the queue; repeatable'
complete -c ddbx -n '__ddbx_at \'dlq create\'' -l attach -x -d 'send the failures of this mapping to it: table:function, UUID or ARN; repeatable'
complete -c ddbx -n '__ddbx_at \'dlq create\'' -l dry-run -d 'run all checks, print the plan and the calls, change nothing'
complete -c ddbx -n '__ddbx_at \'dlq create\'' -l yes -s y -d 'do not ask'
complete -c ddbx -n '__ddbx_at \'dlq create\'' -l show-aws -d 'print the equivalent aws command lines'

complete -c ddbx -n '__ddbx_at \'dlq help\' 0' -a 'status peek drain redrive create'

complete -c ddbx -n '__ddbx_at \'cost\' 0' -a 'estimate' -d 'say what a table costs a month, line by line'
complete -c ddbx -n '__ddbx_at \'cost\' 0' -a 'compare' -d 'put the estimates of two workload files beside each other'
complete -c ddbx -n '__ddbx_at \'cost\' 0' -a 'explain' -d 'print the formulas of estimates, each with the page of AWS that it follows'
complete -c ddbx -n '__ddbx_at \'cost\' 0' -a 'prices' -d 'the prices that estimates use'
complete -c ddbx -n '__ddbx_at \'cost\' 0' -a 'help' -d 'print help for a command'

complete -c ddbx -n '__ddbx_at \'cost estimate\'' -l name -x -d 'what to call the table (the table)'
complete -c ddbx -n '__ddbx_at \'cost estimate\'' -l replica -x -a '(__ddbx_ask region)' -d 'a Region with a replica; repeat it'
complete -c ddbx -n '__ddbx_at \'cost estimate\'' -l consistency -x -a 'eventual strong' -d 'of the global table: MREC or MRSC (eventual)'
complete -c ddbx -n '__ddbx_at \'cost estimate\'' -l witness -x -a '(__ddbx_ask region)' -d 'the third Region of a strong table, without data'
complete -c ddbx -n '__ddbx_at \'cost estimate\'' -l writes -x -d 'items written, such as 100M/day or 250/s; <region>=<rate> for those of another Region'
complete -c ddbx -n '__ddbx_at \'cost estimate\'' -l reads -x -d 'items read, such as 20M/day; <region>=<rate> for those of another Region'
complete -c ddbx -n '__ddbx_at \'cost estimate\'' -l item-size -x -d 'size of an item on average (1KB)'
complete -c ddbx -n '__ddbx_at \'cost estimate\'' -l read-consistency -x -a 'eventual strong' -d 'of reads within a Region (eventual)'
complete -c ddbx -n '__ddbx_at \'cost estimate\'' -l transactional -x -d 'share of the writes that is transactional (0%)'
complete -c ddbx -n '__ddbx_at \'cost estimate\'' -l ttl-deletes -x -d 'items that TTL deletes, such as 5M/month'
complete -c ddbx -n '__ddbx_at \'cost estimate\'' -l gsi -x -d 'n indexes, the share of writes that touches each (100%), and what is written to it (the item)'
complete -c ddbx -n '__ddbx_at \'cost estimate\'' -l storage -x -d 'table and indexes in each Region, such as 250GB'
complete -c ddbx -n '__ddbx_at \'cost estimate\'' -l capacity -x -a 'on-demand provisioned' -d 'how throughput is paid for (on-demand)'
complete -c ddbx -n '__ddbx_at \'cost estimate\'' -l utilization -x -d 'average use of what is provisioned (70%)'
complete -c ddbx -n '__ddbx_at \'cost estimate\'' -l table-class -x -a 'standard standard-ia' -d 'the table class (standard)'
complete -c ddbx -n '__ddbx_at \'cost estimate\'' -l pitr -d 'point-in-time recovery, in every Region'
complete -c ddbx -n '__ddbx_at \'cost estimate\'' -l backup-retention -x -d 'a full backup a day, each kept this long, such as 35d'
complete -c ddbx -n '__ddbx_at \'cost estimate\'' -l stream-readers -x -d 'readers of their own; triggers and replication read for free'
complete -c ddbx -n '__ddbx_at \'cost estimate\'' -l poll-interval -x -d 'how often they ask each shard (1s)'
complete -c ddbx -n '__ddbx_at \'cost estimate\'' -l shards -x -d 'open shards of the stream (1)'
complete -c ddbx -n '__ddbx_at \'cost estimate\'' -l trigger -x -d 'a Lambda trigger: records in a batch, duration and memory of an invocation, such as 100:200:512'
complete -c ddbx -n '__ddbx_at \'cost estimate\'' -l architecture -x -a 'x86 arm64' -d 'of the function (x86)'
complete -c ddbx -n '__ddbx_at \'cost estimate\'' -l filter-pass -x -d 'share of records that its filter lets through (100%)'
complete -c ddbx -n '__ddbx_at \'cost estimate\'' -l failed -x -d 'share of batches that ends in its failure queue (0%)'
complete -c ddbx -n '__ddbx_at \'cost estimate\'' -l workload -r -F -d 'a YAML or JSON file with these fields; flags come before it'
complete -c ddbx -n '__ddbx_at \'cost estimate\'' -l table -x -a '(__ddbx_ask table)' -d 'a table that is there, by what CloudWatch counted'
complete -c ddbx -n '__ddbx_at \'cost estimate\'' -l period -x -d 'how far back to measure'
complete -c ddbx -n '__ddbx_at \'cost estimate\'' -l prices -x -a 'newest bundled 2019' -d 'the newest that are there, those that ddbx came with, or those until 2024-10-31'
complete -c ddbx -n '__ddbx_at \'cost estimate\'' -l price -x -d 'a price of yours, such as eu-west-3:storage=0.29'
complete -c ddbx -n '__ddbx_at \'cost estimate\'' -l discount -x -d 'what is taken off, such as 12% or 12%:rwru'
complete -c ddbx -n '__ddbx_at \'cost estimate\'' -l priced-as -x -a '(__ddbx_ask region)' -d 'price every Region as this one, as articles do; said on every line'
complete -c ddbx -n '__ddbx_at \'cost estimate\'' -l include-transfer -d 'charge replication as transfer between Regions'
complete -c ddbx -n '__ddbx_at \'cost estimate\'' -l free-tier -d 'take the free allowances off'
complete -c ddbx -n '__ddbx_at \'cost estimate\'' -l what-if -x -d 'beside it the same with something changed: add-replica=<region>, remove-replica=<region>, consistency=strong[:<witness>], capacity=provisioned:60%, table-class=standard-ia, item-size=2KB, writes=<rate>; repeat it'
complete -c ddbx -n '__ddbx_at \'cost estimate\'' -l sweep -x -d 'draw the cost over a range, such as writes=1M..1B/day'
complete -c ddbx -n '__ddbx_at \'cost estimate\'' -l fail-above -x -d 'exit 4 when a month costs more'

complete -c ddbx -n '__ddbx_at \'cost compare\'' -l prices -x -a 'newest bundled 2019' -d 'the newest that are there, those that ddbx came with, or those until 2024-10-31'
complete -c ddbx -n '__ddbx_at \'cost compare\'' -l price -x -d 'a price of yours, such as eu-west-3:storage=0.29'
complete -c ddbx -n '__ddbx_at \'cost compare\'' -l discount -x -d 'what is taken off, such as 12% or 12%:rwru'
complete -c ddbx -n '__ddbx_at \'cost compare\'' -l priced-as -x -a '(__ddbx_ask region)' -d 'price every Region as this one, as articles do; said on every line'
complete -c ddbx -n '__ddbx_at \'cost compare\'' -l include-transfer -d 'charge replication as transfer between Regions'
complete -c ddbx -n '__ddbx_at \'cost compare\'' -l free-tier -d 'take the free allowances off'
complete -c ddbx -n '__ddbx_at \'cost compare\'' -l fail-above -x -d 'exit 4 when the second costs more a month'
complete -c ddbx -n '__ddbx_at \'cost compare\' 0' -F
complete -c ddbx -n '__ddbx_at \'cost compare\' 1' -F

complete -c ddbx -n '__ddbx_at \'cost prices\' 0' -a 'show' -d 'show the prices of a Region, or what is known of each Region'
complete -c ddbx -n '__ddbx_at \'cost prices\' 0' -a 'update' -d 'download AWS\'s price list, which needs no credentials, and keep it'
complete -c ddbx -n '__ddbx_at \'cost prices\' 0' -a 'help' -d 'print help for a command'

complete -c ddbx -n '__ddbx_at \'cost prices show\'' -l prices -x -a 'newest bundled 2019' -d 'the newest that are there, those that ddbx came with, or those until 2024-10-31'

complete -c ddbx -n '__ddbx_at \'cost prices update\'' -l from -r -F -d 'the same files from somewhere else'
complete -c ddbx -n '__ddbx_at \'cost prices update\'' -l regions -x -a '(__ddbx_list (__ddbx_ask region))' -d 'of these Regions only; all, when left out'
complete -c ddbx -n '__ddbx_at \'cost prices update\'' -l dry-run -d 'run all checks, print the plan and the calls, change nothing'
complete -c ddbx -n '__ddbx_at \'cost prices update\'' -l yes -s y -d 'do not ask'
complete -c ddbx -n '__ddbx_at \'cost prices update\'' -l show-aws -d 'print the equivalent aws command lines'

complete -c ddbx -n '__ddbx_at \'cost prices help\' 0' -a 'show update'

complete -c ddbx -n '__ddbx_at \'cost help\' 0' -a 'estimate compare explain prices'

complete -c ddbx -n '__ddbx_at \'sandbox\' 0' -a 'start' -d 'serve a local AWS on 127.0.0.1 until it is stopped'
complete -c ddbx -n '__ddbx_at \'sandbox\' 0' -a 'env' -d 'print the shell lines that point AWS tools at the sandbox'
complete -c ddbx -n '__ddbx_at \'sandbox\' 0' -a 'stop' -d 'stop a running sandbox'
complete -c ddbx -n '__ddbx_at \'sandbox\' 0' -a 'function' -d 'the Lambda functions of a running sandbox'
complete -c ddbx -n '__ddbx_at \'sandbox\' 0' -a 'ctl' -d 'bend the sandbox: time, shards, trims, faults, Regions, mappings'
complete -c ddbx -n '__ddbx_at \'sandbox\' 0' -a 'help' -d 'print help for a command'

complete -c ddbx -n '__ddbx_at \'sandbox start\'' -l port -x -d 'the local port; 0 takes any free one'
complete -c ddbx -n '__ddbx_at \'sandbox start\'' -l regions -x -a '(__ddbx_list (__ddbx_ask region))' -d 'the Regions there are; any, when left out'
complete -c ddbx -n '__ddbx_at \'sandbox start\'' -l account -x -d 'the account number in ARNs'
complete -c ddbx -n '__ddbx_at \'sandbox start\'' -l shards -x -d 'open shards of a new stream'
complete -c ddbx -n '__ddbx_at \'sandbox start\'' -l data -r -F -d 'keep the state in this folder, over restarts and crashes; without it, in memory'
complete -c ddbx -n '__ddbx_at \'sandbox start\'' -l seed -r -F -d 'begin with the tables, items, queues, functions and mappings of this JSON file'
complete -c ddbx -n '__ddbx_at \'sandbox start\'' -l verify-signatures -d 'check that requests are signed with the credentials of AWS\'s documentation'
complete -c ddbx -n '__ddbx_at \'sandbox start\'' -l require-policy -r -F -d 'refuse what this identity-based policy does not allow; several add up'
complete -c ddbx -n '__ddbx_at \'sandbox start\'' -l ready-file -r -F -d 'write the URL to this file as soon as the sandbox answers'

complete -c ddbx -n '__ddbx_at \'sandbox env\'' -l port -x -d 'the local port; 0 takes any free one'

complete -c ddbx -n '__ddbx_at \'sandbox stop\'' -l port -x -d 'the local port; 0 takes any free one'

complete -c ddbx -n '__ddbx_at \'sandbox function\' 0' -a 'add' -d 'register a local JavaScript module as a Lambda function, or replace it'
complete -c ddbx -n '__ddbx_at \'sandbox function\' 0' -a 'list' -d 'list the functions'
complete -c ddbx -n '__ddbx_at \'sandbox function\' 0' -a 'remove' -d 'remove a function; its event source mappings stay'
complete -c ddbx -n '__ddbx_at \'sandbox function\' 0' -a 'help' -d 'print help for a command'

complete -c ddbx -n '__ddbx_at \'sandbox function add\'' -l handler -r -F -d 'the module; it is taken anew whenever it changes'
complete -c ddbx -n '__ddbx_at \'sandbox function add\'' -l export -x -d 'the export that is the handler'
complete -c ddbx -n '__ddbx_at \'sandbox function add\'' -l invoke-timeout -x -d 'how long an invocation may take (3s)'
complete -c ddbx -n '__ddbx_at \'sandbox function add\'' -l port -x -d 'the local port; 0 takes any free one'

complete -c ddbx -n '__ddbx_at \'sandbox function list\'' -l port -x -d 'the local port; 0 takes any free one'

complete -c ddbx -n '__ddbx_at \'sandbox function remove\'' -l port -x -d 'the local port; 0 takes any free one'

complete -c ddbx -n '__ddbx_at \'sandbox function help\' 0' -a 'add list remove'

complete -c ddbx -n '__ddbx_at \'sandbox ctl\'' -l port -x -d 'the local port; 0 takes any free one'
complete -c ddbx -n '__ddbx_at \'sandbox ctl\' 0' -a 'status advance-clock split-shard roll-shard trim expire-iterators seed-records sweep-ttl fail-next throttle add-function list-functions remove-function settle-mappings dump-deliveries set-retry-pace set-replication-lag set-replica-durations make-replica-fail make-replica-vanish set-limits cut-region heal-region disable-region enable-region create-key disable-key enable-key set-access stop'

complete -c ddbx -n '__ddbx_at \'sandbox help\' 0' -a 'start env stop function ctl'

complete -c ddbx -n '__ddbx_at \'demo\'' -l keep -d 'leave the folder with the demo\'s files in place'

complete -c ddbx -n '__ddbx_at \'wait\'' -l for -x -a 'stream-enabled stream-disabled table-active replicas-active' -d 'what to wait for'
complete -c ddbx -n '__ddbx_at \'wait\' 0' -a '(__ddbx_ask table)'

complete -c ddbx -n '__ddbx_at \'iam\' 0' -a 'streams' -d 'enable, reshape, read and watch DynamoDB Streams'
complete -c ddbx -n '__ddbx_at \'iam\' 0' -a 'esm' -d 'attach, tune, lint and repair the Lambda triggers of streams'
complete -c ddbx -n '__ddbx_at \'iam\' 0' -a 'filter' -d 'check, try and measure the filters of event source mappings'
complete -c ddbx -n '__ddbx_at \'iam\' 0' -a 'global' -d 'add, watch, check and compare the Regions of global tables'
complete -c ddbx -n '__ddbx_at \'iam\' 0' -a 'dlq' -d 'turn the pointers of failure queues back into records'
complete -c ddbx -n '__ddbx_at \'iam\' 0' -a 'cost' -d 'what replicated writes, streams and triggers cost'
complete -c ddbx -n '__ddbx_at \'iam\' 0' -a 'sandbox' -d 'a local AWS to try everything on'
complete -c ddbx -n '__ddbx_at \'iam\' 0' -a 'demo' -d 'a tour of ddbx on a sandbox of its own'
complete -c ddbx -n '__ddbx_at \'iam\' 0' -a 'wait' -d 'wait until a table or its stream reaches a state'
complete -c ddbx -n '__ddbx_at \'iam\' 0' -a 'doctor' -d 'show what ddbx would use: Region, credentials, endpoint, proxy'
complete -c ddbx -n '__ddbx_at \'iam\' 0' -a 'completion' -d 'print the completion script for a shell'
complete -c ddbx -n '__ddbx_at \'iam\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam streams\' 0' -a 'list' -d 'show every stream: enabled ones, and older ones that can still be read'
complete -c ddbx -n '__ddbx_at \'iam streams\' 0' -a 'describe' -d 'show the shards of a stream as a tree of lineage, and how old their records are'
complete -c ddbx -n '__ddbx_at \'iam streams\' 0' -a 'enable' -d 'turn a table\'s stream on'
complete -c ddbx -n '__ddbx_at \'iam streams\' 0' -a 'disable' -d 'turn a table\'s stream off; what it holds stays readable for up to 24 hours'
complete -c ddbx -n '__ddbx_at \'iam streams\' 0' -a 'set-view' -d 'change what a stream records, by replacing it with a new stream'
complete -c ddbx -n '__ddbx_at \'iam streams\' 0' -a 'tail' -d 'watch the records of one or more streams as they come'
complete -c ddbx -n '__ddbx_at \'iam streams\' 0' -a 'export' -d 'write what a stream still holds to a file, resumably'
complete -c ddbx -n '__ddbx_at \'iam streams\' 0' -a 'replay' -d 'feed recorded or live records to a consumer in batches, as Lambda would'
complete -c ddbx -n '__ddbx_at \'iam streams\' 0' -a 'stats' -d 'measure a stream: rates, sizes, hottest keys, lag, deletes by TTL'
complete -c ddbx -n '__ddbx_at \'iam streams\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam streams\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam streams\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam streams list\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam streams list\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam streams list\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam streams describe\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam streams describe\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam streams describe\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam streams enable\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam streams enable\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam streams enable\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam streams disable\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam streams disable\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam streams disable\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam streams set-view\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam streams set-view\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam streams set-view\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam streams tail\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam streams tail\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam streams tail\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam streams export\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam streams export\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam streams export\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam streams replay\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam streams replay\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam streams replay\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam streams stats\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam streams stats\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam streams stats\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam esm\' 0' -a 'list' -d 'show the mappings of a table, of a function, or of the Region: state, lag, failures'
complete -c ddbx -n '__ddbx_at \'iam esm\' 0' -a 'show' -d 'show one mapping: its state, its lag, its failure queue, every setting'
complete -c ddbx -n '__ddbx_at \'iam esm\' 0' -a 'attach' -d 'make a function read a table\'s stream, or change the mapping that does'
complete -c ddbx -n '__ddbx_at \'iam esm\' 0' -a 'tune' -d 'change settings of a mapping: prints old -> new, and does nothing when nothing changes'
complete -c ddbx -n '__ddbx_at \'iam esm\' 0' -a 'pause' -d 'stop a mapping from reading; it keeps its position for 24 hours'
complete -c ddbx -n '__ddbx_at \'iam esm\' 0' -a 'resume' -d 'let a mapping read on where it stopped'
complete -c ddbx -n '__ddbx_at \'iam esm\' 0' -a 'repoint' -d 'move a mapping to its table\'s present stream, with the same settings'
complete -c ddbx -n '__ddbx_at \'iam esm\' 0' -a 'detach' -d 'remove a mapping; its position in the stream is lost'
complete -c ddbx -n '__ddbx_at \'iam esm\' 0' -a 'lint' -d 'find what will go wrong with mappings: retries, destinations, windows, readers, filters, queues'
complete -c ddbx -n '__ddbx_at \'iam esm\' 0' -a 'explain' -d 'say what happens to a record that fails: attempts, ages, splits, where it ends'
complete -c ddbx -n '__ddbx_at \'iam esm\' 0' -a 'advise' -d 'say what limits a mapping: parallelization, batch size, concurrency or the function'
complete -c ddbx -n '__ddbx_at \'iam esm\' 0' -a 'blocked' -d 'find the shard and the record at which a mapping stands'
complete -c ddbx -n '__ddbx_at \'iam esm\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam esm\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam esm\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam esm list\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam esm list\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam esm list\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam esm show\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam esm show\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam esm show\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam esm attach\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam esm attach\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam esm attach\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam esm tune\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam esm tune\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam esm tune\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam esm pause\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam esm pause\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam esm pause\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam esm resume\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam esm resume\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam esm resume\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam esm repoint\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam esm repoint\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam esm repoint\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam esm detach\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam esm detach\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam esm detach\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam esm lint\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam esm lint\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam esm lint\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam esm explain\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam esm explain\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam esm explain\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam esm advise\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam esm advise\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam esm advise\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam esm blocked\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam esm blocked\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam esm blocked\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam filter\' 0' -a 'check' -d 'say whether Lambda takes a filter, and what it does not do although it seems to'
complete -c ddbx -n '__ddbx_at \'iam filter\' 0' -a 'test' -d 'print the recorded records that pass a filter'
complete -c ddbx -n '__ddbx_at \'iam filter\' 0' -a 'explain' -d 'say why a record passes a filter or does not: for each path, what is wanted and what is there'
complete -c ddbx -n '__ddbx_at \'iam filter\' 0' -a 'measure' -d 'say how many of the records of a stream pass a filter, and what the consumer would not see'
complete -c ddbx -n '__ddbx_at \'iam filter\' 0' -a 'import' -d 'print the filters of an event source mapping, as the other verbs take them'
complete -c ddbx -n '__ddbx_at \'iam filter\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam filter\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam filter\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam filter check\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam filter check\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam filter check\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam filter test\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam filter test\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam filter test\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam filter explain\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam filter explain\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam filter explain\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam filter measure\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam filter measure\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam filter measure\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam filter import\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam filter import\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam filter import\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam global\' 0' -a 'status' -d 'show a table in all its Regions: states, settings, latency'
complete -c ddbx -n '__ddbx_at \'iam global\' 0' -a 'check' -d 'look for everything that would stop Regions from being added'
complete -c ddbx -n '__ddbx_at \'iam global\' 0' -a 'lag' -d 'show how late changes arrive, for each pair of Regions, from CloudWatch'
complete -c ddbx -n '__ddbx_at \'iam global\' 0' -a 'add-replica' -d 'check, then add Regions one after the other, each followed to ACTIVE'
complete -c ddbx -n '__ddbx_at \'iam global\' 0' -a 'remove-replica' -d 'delete the table of some Regions with its data, in the order that AWS allows'
complete -c ddbx -n '__ddbx_at \'iam global\' 0' -a 'probe' -d 'write a canary in each Region and time its arrival in every other'
complete -c ddbx -n '__ddbx_at \'iam global\' 0' -a 'conflicts' -d 'find items that two Regions changed at the same time: who won, and what was lost'
complete -c ddbx -n '__ddbx_at \'iam global\' 0' -a 'diff' -d 'find settings that differ between replicas, and make them equal'
complete -c ddbx -n '__ddbx_at \'iam global\' 0' -a 'verify' -d 'compare the items of all Regions, and name the keys that differ'
complete -c ddbx -n '__ddbx_at \'iam global\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam global\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam global\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam global status\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam global status\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam global status\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam global check\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam global check\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam global check\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam global lag\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam global lag\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam global lag\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam global add-replica\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam global add-replica\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam global add-replica\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam global remove-replica\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam global remove-replica\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam global remove-replica\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam global probe\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam global probe\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam global probe\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam global conflicts\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam global conflicts\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam global conflicts\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam global diff\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam global diff\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam global diff\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam global verify\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam global verify\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam global verify\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam dlq\' 0' -a 'status' -d 'show every failure queue of a table\'s or a function\'s mappings: depth, age, time left'
complete -c ddbx -n '__ddbx_at \'iam dlq\' 0' -a 'peek' -d 'show what waits in a failure queue, and how long the stream still remembers it'
complete -c ddbx -n '__ddbx_at \'iam dlq\' 0' -a 'drain' -d 'bring the records of failed batches back, deliver them, then delete the messages'
complete -c ddbx -n '__ddbx_at \'iam dlq\' 0' -a 'redrive' -d 'move the messages of a queue\'s dead-letter queue back to it'
complete -c ddbx -n '__ddbx_at \'iam dlq\' 0' -a 'create' -d 'make a queue for failed batches, and send the failures of mappings to it'
complete -c ddbx -n '__ddbx_at \'iam dlq\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam dlq\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam dlq\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam dlq status\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam dlq status\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam dlq status\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam dlq peek\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam dlq peek\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam dlq peek\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam dlq drain\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam dlq drain\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam dlq drain\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam dlq redrive\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam dlq redrive\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam dlq redrive\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam dlq create\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam dlq create\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam dlq create\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam cost\' 0' -a 'estimate' -d 'say what a table costs a month, line by line'
complete -c ddbx -n '__ddbx_at \'iam cost\' 0' -a 'compare' -d 'put the estimates of two workload files beside each other'
complete -c ddbx -n '__ddbx_at \'iam cost\' 0' -a 'explain' -d 'print the formulas of estimates, each with the page of AWS that it follows'
complete -c ddbx -n '__ddbx_at \'iam cost\' 0' -a 'prices' -d 'the prices that estimates use'
complete -c ddbx -n '__ddbx_at \'iam cost\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam cost\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam cost\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam cost estimate\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam cost estimate\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam cost estimate\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam cost compare\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam cost compare\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam cost compare\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam cost explain\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam cost explain\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam cost explain\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam cost prices\' 0' -a 'show' -d 'show the prices of a Region, or what is known of each Region'
complete -c ddbx -n '__ddbx_at \'iam cost prices\' 0' -a 'update' -d 'download AWS\'s price list, which needs no credentials, and keep it'
complete -c ddbx -n '__ddbx_at \'iam cost prices\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam cost prices\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam cost prices\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam cost prices show\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam cost prices show\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam cost prices show\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam cost prices update\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam cost prices update\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam cost prices update\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam sandbox\' 0' -a 'start' -d 'serve a local AWS on 127.0.0.1 until it is stopped'
complete -c ddbx -n '__ddbx_at \'iam sandbox\' 0' -a 'env' -d 'print the shell lines that point AWS tools at the sandbox'
complete -c ddbx -n '__ddbx_at \'iam sandbox\' 0' -a 'stop' -d 'stop a running sandbox'
complete -c ddbx -n '__ddbx_at \'iam sandbox\' 0' -a 'function' -d 'the Lambda functions of a running sandbox'
complete -c ddbx -n '__ddbx_at \'iam sandbox\' 0' -a 'ctl' -d 'bend the sandbox: time, shards, trims, faults, Regions, mappings'
complete -c ddbx -n '__ddbx_at \'iam sandbox\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam sandbox\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam sandbox\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam sandbox start\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam sandbox start\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam sandbox start\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam sandbox env\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam sandbox env\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam sandbox env\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam sandbox stop\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam sandbox stop\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam sandbox stop\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam sandbox function\' 0' -a 'add' -d 'register a local JavaScript module as a Lambda function, or replace it'
complete -c ddbx -n '__ddbx_at \'iam sandbox function\' 0' -a 'list' -d 'list the functions'
complete -c ddbx -n '__ddbx_at \'iam sandbox function\' 0' -a 'remove' -d 'remove a function; its event source mappings stay'
complete -c ddbx -n '__ddbx_at \'iam sandbox function\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam sandbox function\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam sandbox function\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam sandbox function add\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam sandbox function add\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam sandbox function add\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam sandbox function list\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam sandbox function list\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam sandbox function list\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam sandbox function remove\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam sandbox function remove\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam sandbox function remove\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam sandbox ctl\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam sandbox ctl\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam sandbox ctl\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam demo\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam demo\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam demo\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam wait\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam wait\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam wait\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam doctor\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam doctor\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam doctor\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'iam completion\'' -l all -d 'one policy for every command'
complete -c ddbx -n '__ddbx_at \'iam completion\'' -l table -x -a '(__ddbx_ask table)' -d 'only this table; a name or an ARN'
complete -c ddbx -n '__ddbx_at \'iam completion\'' -l account -x -d 'only this account'

complete -c ddbx -n '__ddbx_at \'completion\' 0' -a 'bash zsh fish powershell'

complete -c ddbx -n '__ddbx_at \'help\' 0' -a 'streams esm filter global dlq cost sandbox demo wait doctor iam completion'
