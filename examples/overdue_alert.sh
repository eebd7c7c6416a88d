#!/bin/sh
# 到期提醒：有时限将到期或已超时，就把每一项打成一行（可接短信、钉钉或响铃）。
# 用法：overdue_alert.sh [接收每一行的命令…]，不写命令就打印出来。
# 退出码与 jinji next 相同：0 不急，20 将到期，21 已超时。要用到 jq。
set -eu
urgency=0
jinji next > /dev/null || urgency=$?
case $urgency in
  0) exit 0 ;;
  20 | 21) ;;
  *) exit "$urgency" ;;
esac
jinji board --json | jq -r '
  .due[] | select(.state == "overdue" or .state == "due_soon")
  | (if .minutes_left < 0 then "超时\(-.minutes_left)分钟" else "还剩\(.minutes_left)分钟" end) as $left
  | "\($left)：\(.case) \(.form)报\(.to.office) \(.title)"' |
while IFS= read -r line; do
  if [ $# -gt 0 ]; then "$@" "$line"; else printf '%s\n' "$line"; fi
done
exit "$urgency"
