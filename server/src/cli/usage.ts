import type { Locale } from '../service/messages';

const CHINESE = `用法：gouji check 文件|通配符… [选项]
      gouji solve 文件.json…

核对部门决算公开数据文件（*.disclosure.yaml、*.决算.json 等）。
solve 按纯数据（数字及其关系，见 docs/solve.md）找出错的数，以 JSON 输出。

选项：
  --format 格式        text（默认）、json、sarif（SARIF 2.1.0）或 junit；见 docs/cli.md
  --all                列出每一条关系及其结果
  --ledger             逐表列出核对了什么、结果如何、什么没有核对及原因
  --fix                把可确定的数值写回文件，再报告改后的结果
  --dry-run            与 --fix 同用：只列出要改什么，不写文件
  --strict             有警告也算不通过（退出码 1）：如整张表尚未填写
  --pack 文件          规则包，可给几个；不给则用文件所在文件夹或其上级的 .gouji/*.yaml
  --catalog 文件       本地区的科目目录（CSV 或 YAML），可多次给出；见 docs/catalog.md
  --shard i/n          只核对 n 份中的第 i 份文件，供多台机器分担
  --jobs N             同时核对几个文件；不给则与处理器核数相同
  --lang zh-cn|en      输出语言
  -h, --help           显示本说明
  --version            显示版本

退出码：0 没有错误；1 有错误；2 用法不对，文件读不出、写不进，或规则包有错
`;

const ENGLISH = `Usage: gouji check FILE|GLOB… [options]
       gouji solve FILE.json…

Checks disclosure data files (*.disclosure.yaml, *.决算.json and so on).
solve finds what is wrong among figures given as plain data (docs/solve.md) and prints JSON.

Options:
  --format FORMAT      text (unless said otherwise), json, sarif (SARIF 2.1.0) or junit; docs/cli.md
  --all                list every relation with its outcome
  --ledger             list by table what was checked, how it came out, what was not and why
  --fix                write the values that are certain, then report what is left
  --dry-run            with --fix: list what would change and write nothing
  --strict             exit code 1 for warnings too, such as a table that is not filled in
  --pack FILE          a rule pack, more than once if need be; without it, .gouji/*.yaml
                       of the folder of the file or one above it
  --catalog FILE       subject codes of your own (CSV or YAML), may be repeated; docs/catalog.md
  --shard i/n          check the i-th of n parts of the files, for several machines to share them
  --jobs N             files checked at a time; as many as there are processors unless said otherwise
  --lang zh-cn|en      language of the output
  -h, --help           show this
  --version            show the version

Exit code: 0 nothing at error level; 1 errors; 2 bad usage, a file that cannot be read or written,
or a rule pack with errors
`;

export function usage(locale: Locale): string {
  return locale === 'zh-cn' ? CHINESE : ENGLISH;
}
