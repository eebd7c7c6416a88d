#!/bin/sh
# 每日台账：把某一天接报的案卷导出成 CSV（Excel 双击可开），并打印一行小结。
# 用法：export_daily.sh [日期，默认今天] [输出文件夹，默认当前文件夹]
# 要用到 jq。可放进 crontab：  55 23 * * *  export_daily.sh "$(date +%F)" /data/台账
set -eu
day=${1:-$(date +%F)}
folder=${2:-.}
mkdir -p "$folder"
file="$folder/台账-$day.csv"

# 先写临时文件再改名：半途失败不会留下半张表。
trap 'rm -f "$file.tmp"' EXIT
jinji export --format csv --excel --since "$day" --until "$day" > "$file.tmp"
mv "$file.tmp" "$file"

jinji export --format json --since "$day" --until "$day" | jq -r --arg day "$day" '
  # 已并入别的案卷的、接报已撤销的，不再算一件。
  map(select(.status == "在办" or .status == "已结")) |
  "\($day)：接报 \(length) 件，应报 \(map(select(.decision == "应报")) | length) 件，" +
  "在办 \(map(select(.status == "在办")) | length) 件，" +
  "死亡 \(map(.deaths_low // 0) | add // 0) 人，" +
  "报迟 \(map(.met_late) | add // 0) 项，现超时 \(map(.overdue) | add // 0) 项"'
echo "已写入 $file"
