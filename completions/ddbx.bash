# bash completion for ddbx; made by `ddbx completion bash`.
# Typed words are compared and passed on, never expanded or run.

# Sets names to the commands below the path $1.
__ddbx_commands() {
  case $1 in
    '') names=('streams' 'esm' 'filter' 'global' 'dlq' 'cost' 'sandbox' 'demo' 'wait' 'doctor' 'iam' 'completion' 'help') ;;
    'streams') names=('list' 'describe' 'enable' 'disable' 'set-view' 'tail' 'export' 'replay' 'stats' 'help') ;;
    'esm') names=('list' 'show' 'attach' 'tune' 'pause' 'resume' 'repoint' 'detach' 'lint' 'explain' 'advise' 'blocked' 'help') ;;
    'filter') names=('check' 'test' 'explain' 'measure' 'import' 'help') ;;
    'global') names=('status' 'check' 'lag' 'add-replica' 'remove-replica' 'probe' 'conflicts' 'diff' 'verify' 'help') ;;
    'dlq') names=('status' 'peek' 'drain' 'redrive' 'create' 'help') ;;
    'cost') names=('estimate' 'compare' 'explain' 'prices' 'help') ;;
    'cost prices') names=('show' 'update' 'help') ;;
    'sandbox') names=('start' 'env' 'stop' 'function' 'ctl' 'help') ;;
    'sandbox function') names=('add' 'list' 'remove' 'help') ;;
    'iam') names=('streams' 'esm' 'filter' 'global' 'dlq' 'cost' 'sandbox' 'demo' 'wait' 'doctor' 'completion') ;;
    'iam streams') names=('list' 'describe' 'enable' 'disable' 'set-view' 'tail' 'export' 'replay' 'stats') ;;
    'iam esm') names=('list' 'show' 'attach' 'tune' 'pause' 'resume' 'repoint' 'detach' 'lint' 'explain' 'advise' 'blocked') ;;
    'iam filter') names=('check' 'test' 'explain' 'measure' 'import') ;;
    'iam global') names=('status' 'check' 'lag' 'add-replica' 'remove-replica' 'probe' 'conflicts' 'diff' 'verify') ;;
    'iam dlq') names=('status' 'peek' 'drain' 'redrive' 'create') ;;
    'iam cost') names=('estimate' 'compare' 'explain' 'prices') ;;
    'iam cost prices') names=('show' 'update') ;;
    'iam sandbox') names=('start' 'env' 'stop' 'function' 'ctl') ;;
    'iam sandbox function') names=('add' 'list' 'remove') ;;
    *) names=() ;;
  esac
}

# Sets names to the options at the path $1.
__ddbx_options() {
  case $1 in
    'streams list') names=('--table' '--all' '--regions') ;;
    'streams describe') names=('--no-peek') ;;
    'streams enable') names=('--view' '--no-wait' '--dry-run' '--yes' '--show-aws') ;;
    'streams disable' | 'esm pause' | 'esm resume' | 'esm detach') names=('--no-wait' '--dry-run' '--yes' '--show-aws') ;;
    'streams set-view') names=('--view' '--repoint' '--now' '--dry-run' '--yes' '--show-aws') ;;
    'streams tail') names=('--from' '--since' '--until' '--no-follow' '--limit' '--checkpoint' '--event' '--key' '--changed' '--shard' '--ttl' '--filter' '--as-mapping' '--regions' '--order' '--wide' '--template' '--record' '--redact' '--poll-interval' '--max-rps' '--max-wait') ;;
    'streams export') names=('--to' '--overwrite' '--from' '--since' '--until' '--redact' '--filter' '--as-mapping' '--poll-interval' '--max-rps' '--max-wait') ;;
    'streams replay') names=('--to' '--batch-size' '--window' '--maximum-retry-attempts' '--bisect-batch-on-function-error' '--invoke-timeout' '--from' '--since' '--until' '--follow' '--limit' '--event' '--filter' '--as-mapping' '--poll-interval' '--max-rps' '--max-wait' '--dry-run' '--yes' '--show-aws') ;;
    'streams stats') names=('--since' '--follow' '--top' '--interval' '--filter' '--as-mapping' '--poll-interval' '--max-rps' '--max-wait') ;;
    'esm list') names=('--function') ;;
    'esm show') names=('--emit') ;;
    'esm attach') names=('--starting-position' '--enable-stream' '--disabled' '--tag' '--no-wait' '--batch-size' '--maximum-batching-window' '--parallelization-factor' '--maximum-retry-attempts' '--maximum-record-age' '--bisect' '--no-bisect' '--report-batch-item-failures' '--no-report-batch-item-failures' '--tumbling-window' '--on-failure' '--filter' '--no-filter' '--metrics' '--no-metrics' '--kms-key' '--preset' '--dry-run' '--yes' '--show-aws') ;;
    'esm tune') names=('--no-wait' '--batch-size' '--maximum-batching-window' '--parallelization-factor' '--maximum-retry-attempts' '--maximum-record-age' '--bisect' '--no-bisect' '--report-batch-item-failures' '--no-report-batch-item-failures' '--tumbling-window' '--on-failure' '--filter' '--no-filter' '--metrics' '--no-metrics' '--kms-key' '--preset' '--dry-run' '--yes' '--show-aws') ;;
    'esm repoint') names=('--now' '--quiet-for' '--dry-run' '--yes' '--show-aws') ;;
    'esm lint') names=('--all' '--fail-on') ;;
    'esm explain') names=('--preset') ;;
    'esm advise') names=('--since') ;;
    'filter check') names=('--view' '--fail-on') ;;
    'filter test') names=('--records' '--invert') ;;
    'filter explain') names=('--record') ;;
    'filter measure') names=('--table' '--since' '--batch-size' '--maximum-batching-window' '--poll-interval' '--max-rps' '--max-wait') ;;
    'global status') names=('--watch' '--interval') ;;
    'global check') names=('--add' '--consistency' '--witness' '--kms-key' '--table-class' '--read-capacity') ;;
    'global lag') names=('--window' '--period' '--fail-above' '--watch' '--interval') ;;
    'global add-replica') names=('--consistency' '--witness' '--kms-key' '--table-class' '--read-capacity' '--no-copy-settings' '--no-wait' '--dry-run' '--yes' '--show-aws') ;;
    'global remove-replica') names=('--all' '--no-wait' '--dry-run' '--yes' '--show-aws') ;;
    'global probe') names=('--count' '--patience' '--yes') ;;
    'global conflicts') names=('--window' '--since' '--no-follow' '--region-attribute' '--top' '--poll-interval' '--max-rps' '--max-wait') ;;
    'global diff') names=('--fix' '--dry-run' '--yes' '--show-aws') ;;
    'global verify') names=('--regions' '--max-rcu' '--segments' '--parallel' '--settle' '--checkpoint') ;;
    'dlq status') names=('--fail-above' '--no-peek') ;;
    'dlq peek') names=('--by' '--max-messages') ;;
    'dlq drain') names=('--to' '--keep' '--expired' '--archive-to' '--move-to' '--function' '--condition' '--shard' '--older-than' '--max-messages' '--order' '--rate' '--concurrency' '--idle-timeout' '--follow' '--visibility-timeout' '--invoke-batch-size' '--retries' '--bisect' '--invoke-timeout' '--dry-run' '--yes' '--show-aws') ;;
    'dlq redrive') names=('--to' '--rate' '--cancel' '--no-wait' '--dry-run' '--yes' '--show-aws') ;;
    'dlq create') names=('--retention' '--kms-key-id' '--tag' '--attach' '--dry-run' '--yes' '--show-aws') ;;
    'cost estimate') names=('--name' '--replica' '--consistency' '--witness' '--writes' '--reads' '--item-size' '--read-consistency' '--transactional' '--ttl-deletes' '--gsi' '--storage' '--capacity' '--utilization' '--table-class' '--pitr' '--backup-retention' '--stream-readers' '--poll-interval' '--shards' '--trigger' '--architecture' '--filter-pass' '--failed' '--workload' '--table' '--period' '--prices' '--price' '--discount' '--priced-as' '--include-transfer' '--free-tier' '--what-if' '--sweep' '--fail-above') ;;
    'cost compare') names=('--prices' '--price' '--discount' '--priced-as' '--include-transfer' '--free-tier' '--fail-above') ;;
    'cost prices show') names=('--prices') ;;
    'cost prices update') names=('--from' '--regions' '--dry-run' '--yes' '--show-aws') ;;
    'sandbox start') names=('--port' '--regions' '--account' '--shards' '--data' '--seed' '--verify-signatures' '--require-policy' '--ready-file') ;;
    'sandbox env' | 'sandbox stop' | 'sandbox function list' | 'sandbox function remove' | 'sandbox ctl') names=('--port') ;;
    'sandbox function add') names=('--handler' '--export' '--invoke-timeout' '--port') ;;
    'demo') names=('--keep') ;;
    'wait') names=('--for') ;;
    'iam' | 'iam streams' | 'iam streams list' | 'iam streams describe' | 'iam streams enable' | 'iam streams disable' | 'iam streams set-view' | 'iam streams tail' | 'iam streams export' | 'iam streams replay' | 'iam streams stats' | 'iam esm' | 'iam esm list' | 'iam esm show' | 'iam esm attach' | 'iam esm tune' | 'iam esm pause' | 'iam esm resume' | 'iam esm repoint' | 'iam esm detach' | 'iam esm lint' | 'iam esm explain' | 'iam esm advise' | 'iam esm blocked' | 'iam filter' | 'iam filter check' | 'iam filter test' | 'iam filter explain' | 'iam filter measure' | 'iam filter import' | 'iam global' | 'iam global status' | 'iam global check' | 'iam global lag' | 'iam global add-replica' | 'iam global remove-replica' | 'iam global probe' | 'iam global conflicts' | 'iam global diff' | 'iam global verify' | 'iam dlq' | 'iam dlq status' | 'iam dlq peek' | 'iam dlq drain' | 'iam dlq redrive' | 'iam dlq create' | 'iam cost' | 'iam cost estimate' | 'iam cost compare' | 'iam cost explain' | 'iam cost prices' | 'iam cost prices show' | 'iam cost prices update' | 'iam sandbox' | 'iam sandbox start' | 'iam sandbox env' | 'iam sandbox stop' | 'iam sandbox function' | 'iam sandbox function add' | 'iam sandbox function list' | 'iam sandbox function remove' | 'iam sandbox ctl' | 'iam demo' | 'iam wait' | 'iam doctor' | 'iam completion') names=('--all' '--table' '--account') ;;
    *) names=() ;;
  esac
  names+=('--version' '--profile' '--region' '--endpoint-url' '--max-attempts' '--read-timeout' '--timeout' '--output' '--query' '--color' '--quiet' '--verbose' '--debug' '--no-progress' '--help')
}

# Says what the option $2 takes at the path $1: from stays empty for a flag.
__ddbx_value() {
  from='' list='' names=()
  case $1:$2 in
    'streams list:--table' | 'filter measure:--table' | 'cost estimate:--table' | 'iam:--table' | 'iam streams:--table' | 'iam streams list:--table' | 'iam streams describe:--table' | 'iam streams enable:--table' | 'iam streams disable:--table' | 'iam streams set-view:--table' | 'iam streams tail:--table' | 'iam streams export:--table' | 'iam streams replay:--table' | 'iam streams stats:--table' | 'iam esm:--table' | 'iam esm list:--table' | 'iam esm show:--table' | 'iam esm attach:--table' | 'iam esm tune:--table' | 'iam esm pause:--table' | 'iam esm resume:--table' | 'iam esm repoint:--table' | 'iam esm detach:--table' | 'iam esm lint:--table' | 'iam esm explain:--table' | 'iam esm advise:--table' | 'iam esm blocked:--table' | 'iam filter:--table' | 'iam filter check:--table' | 'iam filter test:--table' | 'iam filter explain:--table' | 'iam filter measure:--table' | 'iam filter import:--table' | 'iam global:--table' | 'iam global status:--table' | 'iam global check:--table' | 'iam global lag:--table' | 'iam global add-replica:--table' | 'iam global remove-replica:--table' | 'iam global probe:--table' | 'iam global conflicts:--table' | 'iam global diff:--table' | 'iam global verify:--table' | 'iam dlq:--table' | 'iam dlq status:--table' | 'iam dlq peek:--table' | 'iam dlq drain:--table' | 'iam dlq redrive:--table' | 'iam dlq create:--table' | 'iam cost:--table' | 'iam cost estimate:--table' | 'iam cost compare:--table' | 'iam cost explain:--table' | 'iam cost prices:--table' | 'iam cost prices show:--table' | 'iam cost prices update:--table' | 'iam sandbox:--table' | 'iam sandbox start:--table' | 'iam sandbox env:--table' | 'iam sandbox stop:--table' | 'iam sandbox function:--table' | 'iam sandbox function add:--table' | 'iam sandbox function list:--table' | 'iam sandbox function remove:--table' | 'iam sandbox ctl:--table' | 'iam demo:--table' | 'iam wait:--table' | 'iam doctor:--table' | 'iam completion:--table') from=table ;;
    'streams list:--all' | 'streams describe:--no-peek' | 'streams enable:--no-wait' | 'streams enable:--dry-run' | 'streams enable:--yes' | 'streams enable:-y' | 'streams enable:--show-aws' | 'streams disable:--no-wait' | 'streams disable:--dry-run' | 'streams disable:--yes' | 'streams disable:-y' | 'streams disable:--show-aws' | 'streams set-view:--repoint' | 'streams set-view:--now' | 'streams set-view:--dry-run' | 'streams set-view:--yes' | 'streams set-view:-y' | 'streams set-view:--show-aws' | 'streams tail:--no-follow' | 'streams tail:--wide' | 'streams export:--overwrite' | 'streams replay:--bisect-batch-on-function-error' | 'streams replay:--bisect' | 'streams replay:--follow' | 'streams replay:-f' | 'streams replay:--dry-run' | 'streams replay:--yes' | 'streams replay:-y' | 'streams replay:--show-aws' | 'streams stats:--follow' | 'streams stats:-f' | 'esm attach:--disabled' | 'esm attach:--no-wait' | 'esm attach:--bisect' | 'esm attach:--no-bisect' | 'esm attach:--report-batch-item-failures' | 'esm attach:--no-report-batch-item-failures' | 'esm attach:--no-filter' | 'esm attach:--metrics' | 'esm attach:--no-metrics' | 'esm attach:--dry-run' | 'esm attach:--yes' | 'esm attach:-y' | 'esm attach:--show-aws' | 'esm tune:--no-wait' | 'esm tune:--bisect' | 'esm tune:--no-bisect' | 'esm tune:--report-batch-item-failures' | 'esm tune:--no-report-batch-item-failures' | 'esm tune:--no-filter' | 'esm tune:--metrics' | 'esm tune:--no-metrics' | 'esm tune:--dry-run' | 'esm tune:--yes' | 'esm tune:-y' | 'esm tune:--show-aws' | 'esm pause:--no-wait' | 'esm pause:--dry-run' | 'esm pause:--yes' | 'esm pause:-y' | 'esm pause:--show-aws' | 'esm resume:--no-wait' | 'esm resume:--dry-run' | 'esm resume:--yes' | 'esm resume:-y' | 'esm resume:--show-aws' | 'esm repoint:--now' | 'esm repoint:--dry-run' | 'esm repoint:--yes' | 'esm repoint:-y' | 'esm repoint:--show-aws' | 'esm detach:--no-wait' | 'esm detach:--dry-run' | 'esm detach:--yes' | 'esm detach:-y' | 'esm detach:--show-aws' | 'esm lint:--all' | 'filter test:--invert' | 'global status:--watch' | 'global status:-w' | 'global lag:--watch' | 'global lag:-w' | 'global add-replica:--no-copy-settings' | 'global add-replica:--no-wait' | 'global add-replica:--dry-run' | 'global add-replica:--yes' | 'global add-replica:-y' | 'global add-replica:--show-aws' | 'global remove-replica:--all' | 'global remove-replica:--no-wait' | 'global remove-replica:--dry-run' | 'global remove-replica:--yes' | 'global remove-replica:-y' | 'global remove-replica:--show-aws' | 'global probe:--yes' | 'global probe:-y' | 'global conflicts:--no-follow' | 'global diff:--fix' | 'global diff:--dry-run' | 'global diff:--yes' | 'global diff:-y' | 'global diff:--show-aws' | 'dlq status:--no-peek' | 'dlq drain:--keep' | 'dlq drain:--follow' | 'dlq drain:-f' | 'dlq drain:--bisect' | 'dlq drain:--dry-run' | 'dlq drain:--yes' | 'dlq drain:-y' | 'dlq drain:--show-aws' | 'dlq redrive:--cancel' | 'dlq redrive:--no-wait' | 'dlq redrive:--dry-run' | 'dlq redrive:--yes' | 'dlq redrive:-y' | 'dlq redrive:--show-aws' | 'dlq create:--dry-run' | 'dlq create:--yes' | 'dlq create:-y' | 'dlq create:--show-aws' | 'cost estimate:--pitr' | 'cost estimate:--include-transfer' | 'cost estimate:--free-tier' | 'cost compare:--include-transfer' | 'cost compare:--free-tier' | 'cost prices update:--dry-run' | 'cost prices update:--yes' | 'cost prices update:-y' | 'cost prices update:--show-aws' | 'sandbox start:--verify-signatures' | 'demo:--keep' | 'iam:--all' | 'iam streams:--all' | 'iam streams list:--all' | 'iam streams describe:--all' | 'iam streams enable:--all' | 'iam streams disable:--all' | 'iam streams set-view:--all' | 'iam streams tail:--all' | 'iam streams export:--all' | 'iam streams replay:--all' | 'iam streams stats:--all' | 'iam esm:--all' | 'iam esm list:--all' | 'iam esm show:--all' | 'iam esm attach:--all' | 'iam esm tune:--all' | 'iam esm pause:--all' | 'iam esm resume:--all' | 'iam esm repoint:--all' | 'iam esm detach:--all' | 'iam esm lint:--all' | 'iam esm explain:--all' | 'iam esm advise:--all' | 'iam esm blocked:--all' | 'iam filter:--all' | 'iam filter check:--all' | 'iam filter test:--all' | 'iam filter explain:--all' | 'iam filter measure:--all' | 'iam filter import:--all' | 'iam global:--all' | 'iam global status:--all' | 'iam global check:--all' | 'iam global lag:--all' | 'iam global add-replica:--all' | 'iam global remove-replica:--all' | 'iam global probe:--all' | 'iam global conflicts:--all' | 'iam global diff:--all' | 'iam global verify:--all' | 'iam dlq:--all' | 'iam dlq status:--all' | 'iam dlq peek:--all' | 'iam dlq drain:--all' | 'iam dlq redrive:--all' | 'iam dlq create:--all' | 'iam cost:--all' | 'iam cost estimate:--all' | 'iam cost compare:--all' | 'iam cost explain:--all' | 'iam cost prices:--all' | 'iam cost prices show:--all' | 'iam cost prices update:--all' | 'iam sandbox:--all' | 'iam sandbox start:--all' | 'iam sandbox env:--all' | 'iam sandbox stop:--all' | 'iam sandbox function:--all' | 'iam sandbox function add:--all' | 'iam sandbox function list:--all' | 'iam sandbox function remove:--all' | 'iam sandbox ctl:--all' | 'iam demo:--all' | 'iam wait:--all' | 'iam doctor:--all' | 'iam completion:--all') : ;;
    'streams list:--regions' | 'streams tail:--regions' | 'global check:--add' | 'global verify:--regions' | 'cost prices update:--regions' | 'sandbox start:--regions') from=region list=1 ;;
    'streams enable:--view' | 'streams set-view:--view' | 'esm attach:--enable-stream' | 'filter check:--view') from=names names=('keys-only' 'new-image' 'old-image' 'new-and-old-images') ;;
    'streams tail:--from' | 'streams tail:--since' | 'streams tail:--until' | 'streams tail:--limit' | 'streams tail:--key' | 'streams tail:--changed' | 'streams tail:--shard' | 'streams tail:--as-mapping' | 'streams tail:--template' | 'streams tail:--poll-interval' | 'streams tail:--max-rps' | 'streams tail:--max-wait' | 'streams export:--since' | 'streams export:--until' | 'streams export:--as-mapping' | 'streams export:--poll-interval' | 'streams export:--max-rps' | 'streams export:--max-wait' | 'streams replay:--to' | 'streams replay:--batch-size' | 'streams replay:--window' | 'streams replay:--maximum-retry-attempts' | 'streams replay:--retries' | 'streams replay:--invoke-timeout' | 'streams replay:--since' | 'streams replay:--until' | 'streams replay:--limit' | 'streams replay:--as-mapping' | 'streams replay:--poll-interval' | 'streams replay:--max-rps' | 'streams replay:--max-wait' | 'streams stats:--since' | 'streams stats:--top' | 'streams stats:--interval' | 'streams stats:--as-mapping' | 'streams stats:--poll-interval' | 'streams stats:--max-rps' | 'streams stats:--max-wait' | 'esm list:--function' | 'esm attach:--tag' | 'esm attach:--batch-size' | 'esm attach:--maximum-batching-window' | 'esm attach:--parallelization-factor' | 'esm attach:--maximum-retry-attempts' | 'esm attach:--maximum-record-age' | 'esm attach:--tumbling-window' | 'esm attach:--on-failure' | 'esm attach:--filter' | 'esm attach:--kms-key' | 'esm tune:--batch-size' | 'esm tune:--maximum-batching-window' | 'esm tune:--parallelization-factor' | 'esm tune:--maximum-retry-attempts' | 'esm tune:--maximum-record-age' | 'esm tune:--tumbling-window' | 'esm tune:--on-failure' | 'esm tune:--filter' | 'esm tune:--kms-key' | 'esm repoint:--quiet-for' | 'esm advise:--since' | 'filter measure:--since' | 'filter measure:--batch-size' | 'filter measure:--maximum-batching-window' | 'filter measure:--window' | 'filter measure:--poll-interval' | 'filter measure:--max-rps' | 'filter measure:--max-wait' | 'global status:--interval' | 'global check:--kms-key' | 'global lag:--window' | 'global lag:--period' | 'global lag:--fail-above' | 'global lag:--interval' | 'global add-replica:--kms-key' | 'global probe:--count' | 'global probe:--patience' | 'global conflicts:--window' | 'global conflicts:--since' | 'global conflicts:--region-attribute' | 'global conflicts:--top' | 'global conflicts:--poll-interval' | 'global conflicts:--max-rps' | 'global conflicts:--max-wait' | 'global verify:--max-rcu' | 'global verify:--segments' | 'global verify:--parallel' | 'global verify:--settle' | 'dlq status:--fail-above' | 'dlq peek:--max-messages' | 'dlq drain:--to' | 'dlq drain:--move-to' | 'dlq drain:--function' | 'dlq drain:--condition' | 'dlq drain:--shard' | 'dlq drain:--older-than' | 'dlq drain:--max-messages' | 'dlq drain:--rate' | 'dlq drain:--concurrency' | 'dlq drain:--idle-timeout' | 'dlq drain:--visibility-timeout' | 'dlq drain:--invoke-batch-size' | 'dlq drain:--retries' | 'dlq drain:--invoke-timeout' | 'dlq redrive:--to' | 'dlq redrive:--rate' | 'dlq create:--retention' | 'dlq create:--kms-key-id' | 'dlq create:--tag' | 'dlq create:--attach' | 'cost estimate:--name' | 'cost estimate:--writes' | 'cost estimate:--reads' | 'cost estimate:--item-size' | 'cost estimate:--transactional' | 'cost estimate:--ttl-deletes' | 'cost estimate:--gsi' | 'cost estimate:--storage' | 'cost estimate:--utilization' | 'cost estimate:--backup-retention' | 'cost estimate:--stream-readers' | 'cost estimate:--poll-interval' | 'cost estimate:--shards' | 'cost estimate:--trigger' | 'cost estimate:--filter-pass' | 'cost estimate:--failed' | 'cost estimate:--period' | 'cost estimate:--price' | 'cost estimate:--discount' | 'cost estimate:--what-if' | 'cost estimate:--sweep' | 'cost estimate:--fail-above' | 'cost compare:--price' | 'cost compare:--discount' | 'cost compare:--fail-above' | 'sandbox start:--port' | 'sandbox start:--account' | 'sandbox start:--shards' | 'sandbox env:--port' | 'sandbox stop:--port' | 'sandbox function add:--export' | 'sandbox function add:--invoke-timeout' | 'sandbox function add:--port' | 'sandbox function list:--port' | 'sandbox function remove:--port' | 'sandbox ctl:--port' | 'iam:--account' | 'iam streams:--account' | 'iam streams list:--account' | 'iam streams describe:--account' | 'iam streams enable:--account' | 'iam streams disable:--account' | 'iam streams set-view:--account' | 'iam streams tail:--account' | 'iam streams export:--account' | 'iam streams replay:--account' | 'iam streams stats:--account' | 'iam esm:--account' | 'iam esm list:--account' | 'iam esm show:--account' | 'iam esm attach:--account' | 'iam esm tune:--account' | 'iam esm pause:--account' | 'iam esm resume:--account' | 'iam esm repoint:--account' | 'iam esm detach:--account' | 'iam esm lint:--account' | 'iam esm explain:--account' | 'iam esm advise:--account' | 'iam esm blocked:--account' | 'iam filter:--account' | 'iam filter check:--account' | 'iam filter test:--account' | 'iam filter explain:--account' | 'iam filter measure:--account' | 'iam filter import:--account' | 'iam global:--account' | 'iam global status:--account' | 'iam global check:--account' | 'iam global lag:--account' | 'iam global add-replica:--account' | 'iam global remove-replica:--account' | 'iam global probe:--account' | 'iam global conflicts:--account' | 'iam global diff:--account' | 'iam global verify:--account' | 'iam dlq:--account' | 'iam dlq status:--account' | 'iam dlq peek:--account' | 'iam dlq drain:--account' | 'iam dlq redrive:--account' | 'iam dlq create:--account' | 'iam cost:--account' | 'iam cost estimate:--account' | 'iam cost compare:--account' | 'iam cost explain:--account' | 'iam cost prices:--account' | 'iam cost prices show:--account' | 'iam cost prices update:--account' | 'iam sandbox:--account' | 'iam sandbox start:--account' | 'iam sandbox env:--account' | 'iam sandbox stop:--account' | 'iam sandbox function:--account' | 'iam sandbox function add:--account' | 'iam sandbox function list:--account' | 'iam sandbox function remove:--account' | 'iam sandbox ctl:--account' | 'iam demo:--account' | 'iam wait:--account' | 'iam doctor:--account' | 'iam completion:--account') from=nothing ;;
    'streams tail:--checkpoint' | 'streams tail:--filter' | 'streams export:--to' | 'streams export:--filter' | 'streams replay:--filter' | 'streams stats:--filter' | 'filter test:--records' | 'filter explain:--record' | 'global verify:--checkpoint' | 'dlq drain:--archive-to' | 'cost estimate:--workload' | 'cost prices update:--from' | 'sandbox start:--data' | 'sandbox start:--seed' | 'sandbox start:--require-policy' | 'sandbox start:--ready-file' | 'sandbox function add:--handler') from=files ;;
    'streams tail:--event') from=names names=('insert' 'modify' 'remove') list=1 ;;
    'streams tail:--ttl') from=names names=('only' 'exclude') ;;
    'streams tail:--order') from=names names=('arrival' 'time') ;;
    'streams tail:--record') from=names names=('lambda' 'plain') ;;
    'streams tail:--redact' | 'streams export:--redact' | 'streams replay:--event' | 'global check:--read-capacity' | 'global add-replica:--read-capacity') from=nothing list=1 ;;
    'streams export:--from') from=names names=('trim-horizon') ;;
    'streams replay:--from') from=names names=('latest' 'trim-horizon') ;;
    'esm show:--emit') from=names names=('terraform' 'cloudformation') ;;
    'esm attach:--starting-position') from=names names=('trim-horizon' 'latest') ;;
    'esm attach:--preset' | 'esm tune:--preset' | 'esm explain:--preset') from=names names=('resilient' 'low-latency' 'high-throughput' 'cost') ;;
    'esm lint:--fail-on') from=names names=('error' 'warn') ;;
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
    'wait:--for') from=names names=('stream-enabled' 'stream-disabled' 'table-active' 'replicas-active') ;;
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
    'streams describe:0' | 'streams enable:0' | 'streams disable:0' | 'streams set-view:0' | 'streams tail:'* | 'streams export:0' | 'streams stats:0' | 'esm list:0' | 'esm attach:0' | 'esm attach:1' | 'esm lint:0' | 'global status:0' | 'global check:0' | 'global lag:0' | 'global add-replica:0' | 'global add-replica:'* | 'global remove-replica:0' | 'global remove-replica:'* | 'global probe:0' | 'global conflicts:0' | 'global diff:0' | 'global verify:0' | 'dlq status:0' | 'wait:0') from=table ;;
    'streams replay:0' | 'filter check:'* | 'filter test:'* | 'filter explain:'* | 'filter measure:'* | 'cost compare:0' | 'cost compare:1') from=files ;;
    'streams help:0') from=names names=('list' 'describe' 'enable' 'disable' 'set-view' 'tail' 'export' 'replay' 'stats') ;;
    'esm help:0') from=names names=('list' 'show' 'attach' 'tune' 'pause' 'resume' 'repoint' 'detach' 'lint' 'explain' 'advise' 'blocked') ;;
    'filter help:0') from=names names=('check' 'test' 'explain' 'measure' 'import') ;;
    'global help:0') from=names names=('status' 'check' 'lag' 'add-replica' 'remove-replica' 'probe' 'conflicts' 'diff' 'verify') ;;
    'dlq help:0') from=names names=('status' 'peek' 'drain' 'redrive' 'create') ;;
    'cost prices help:0') from=names names=('show' 'update') ;;
    'cost help:0') from=names names=('estimate' 'compare' 'explain' 'prices') ;;
    'sandbox function help:0') from=names names=('add' 'list' 'remove') ;;
    'sandbox ctl:0') from=names names=('status' 'advance-clock' 'split-shard' 'roll-shard' 'trim' 'expire-iterators' 'seed-records' 'sweep-ttl' 'fail-next' 'throttle' 'add-function' 'list-functions' 'remove-function' 'settle-mappings' 'dump-deliveries' 'set-retry-pace' 'set-replication-lag' 'set-replica-durations' 'make-replica-fail' 'make-replica-vanish' 'set-limits' 'cut-region' 'heal-region' 'disable-region' 'enable-region' 'create-key' 'disable-key' 'enable-key' 'set-access' 'stop') ;;
    'sandbox help:0') from=names names=('start' 'env' 'stop' 'function' 'ctl') ;;
    'completion:0') from=names names=('bash' 'zsh' 'fish' 'powershell') ;;
    'help:0') from=names names=('streams' 'esm' 'filter' 'global' 'dlq' 'cost' 'sandbox' 'demo' 'wait' 'doctor' 'iam' 'completion') ;;
    *) : ;;
  esac
}

# Cuts $1 into words without their quotes. open is the quote that is not closed, open_at where it began in the last word.
__ddbx_split() {
  local line=$1 word='' character quoted='' begun='' i
  words=() open='' open_at=0
  for ((i = 0; i < ${#line}; i++)); do
    character=${line:i:1}
    if [[ -n $quoted && $character == "$quoted" ]]; then
      quoted=''
    elif [[ $quoted == "'" ]]; then
      word+=$character
    elif [[ $character == \\ ]]; then
      i=$((i + 1)) begun=1
      word+=${line:i:1}
    elif [[ -n $quoted ]]; then
      word+=$character
    else
      case $character in
        "'" | '"') quoted=$character begun=1 open_at=${#word} ;;
        ' ' | $'\t' | $'\n')
          if [[ -n $begun ]]; then words+=("$word"); fi
          word='' begun='' open_at=0
          ;;
        *) word+=$character begun=1 ;;
      esac
    fi
  done
  words+=("$word")
  open=$quoted
}

# Keeps the options that decide which AWS is asked.
__ddbx_keep() {
  case $1 in
    '--profile' | '--region' | '--endpoint-url') kept+=("$1=$2") ;;
  esac
}

# Asks ddbx for names of the kind $1 that begin with $2; the answer is good for ten seconds.
__ddbx_ask() {
  local key="$* ${kept[*]-}" line
  if [[ $key != "${__ddbx_asked-}" || $SECONDS -gt ${__ddbx_until:-0} ]]; then
    __ddbx_answer=$(command ddbx __complete "$1" ${kept[@]+"${kept[@]}"} -- "$2" 2>/dev/null </dev/null)
    __ddbx_asked=$key __ddbx_until=$((SECONDS + 10))
  fi
  names=()
  while IFS= read -r line; do
    if [[ -n $line ]]; then names+=("${line%%$'\t'*}"); fi
  done <<<"$__ddbx_answer"
}

_ddbx() {
  local at='' option='' literal='' given=0 from='' list='' open='' open_at=0
  local current prefix='' whole cut='' word name i breaks=${COMP_WORDBREAKS-}
  local -a words=() names=() kept=()
  COMPREPLY=()
  __ddbx_split "${COMP_LINE:0:COMP_POINT}"
  current=${words[${#words[@]} - 1]}

  for ((i = 1; i < ${#words[@]} - 1; i++)); do
    word=${words[i]}
    if [[ -n $option ]]; then
      __ddbx_keep "$option" "$word"
      option=''
    elif [[ -n $literal || $word != -?* ]]; then
      __ddbx_commands "$at"
      for name in ${names[@]+"${names[@]}"}; do
        if [[ -z $literal && $given == 0 && $name == "$word" ]]; then
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

  whole=$current
  if [[ -n $option ]]; then
    __ddbx_value "$at" "$option"
  elif [[ -z $literal && $current == --*=* ]]; then
    __ddbx_value "$at" "${current%%=*}"
    prefix=${current%%=*}=
    current=${current#*=}
  elif [[ -z $literal && $current == -* ]]; then
    __ddbx_options "$at"
    from=names
  else
    __ddbx_commands "$at"
    if [[ -z $literal && $given == 0 && ${#names[@]} -gt 0 ]]; then
      from=names
    else
      __ddbx_argument "$at" "$given"
    fi
  fi
  if [[ -n $list && $current == *,* ]]; then
    prefix+=${current%,*},
    current=${current##*,}
  fi

  case $from in
    '' | nothing) return 0 ;;
    names) ;;
    files)
      names=()
      while IFS= read -r name; do names+=("$name"); done < <(compgen -f -- "$current")
      compopt -o filenames 2>/dev/null
      ;;
    *) __ddbx_ask "$from" "$current" ;;
  esac

  # readline replaces only what stands behind the last quote, "=" or ":" of the word.
  if [[ -n $open ]]; then
    cut=${whole:0:open_at}
  else
    if [[ $breaks == *=* && $whole == *=* ]]; then cut=${whole%=*}=; fi
    if [[ $breaks == *:* && $whole == *:* ]]; then
      word=${whole%:*}:
      if [[ ${#word} -gt ${#cut} ]]; then cut=$word; fi
    fi
  fi
  for name in ${names[@]+"${names[@]}"}; do
    if [[ $name == "$current"* ]]; then
      name=$prefix$name
      COMPREPLY+=("${name#"$cut"}")
    fi
  done
  return 0
}

complete -F _ddbx ddbx
