"""Names, numbers and phones of the people concerned, which a report can do without."""

import re
from collections.abc import Iterator
from datetime import date

from jinji_report.reports.check.paper import Paper
from jinji_report.reports.check.remark import LOOK, MUST, Code, Remark

IDENTITY = Code("B501", MUST, "写了身份证号", "正文里有公民身份号码。")
NAME = Code("B502", LOOK, "写了当事人姓名", "正文里有死者、伤者、当事人的全名。")
PHONE = Code("B503", LOOK, "写了电话号码", "正文里有手机或座机号码；联系电话写在报头。")
CODES = (IDENTITY, NAME, PHONE)

_IDENTITY = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{9}[0-9Xx](?![0-9A-Za-z])")
_PHONE = re.compile(r"(?<![0-9A-Za-z])(?:1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]\d{7,8})(?![0-9A-Za-z])")
_SURNAME = (
    r"(?:欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田"
    r"董袁潘蒋蔡余杜叶程苏魏吕丁沈姚卢姜崔钟谭陆汪范廖石贾韦付夏方白邹孟熊秦邱江尹薛阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔汤])"
)
_ROLE = (
    r"(?:死者|遇难者|逝者|伤者|伤员|患者|病人|受害人|被害人|失踪者|失联者|被困者|当事人|嫌疑人"
    r"|司机|驾驶员|户主|学生|村民|居民|工人|业主)"
)
_TITLES = r"(?:某|先生|女士|师傅|警官|医生|老师|主任|书记|[县区市镇乡村局院校站所队班]长|经理|同志|家|姓)"
_NAMED = re.compile(
    rf"{_ROLE}(?:系|为|是|叫|名叫|姓名)?[：:]?(?P<name>{_SURNAME}(?!\w?{_TITLES})[\u4e00-\u9fff]{{1,2}}?)"
    r"(?=[，、；。,（(]|男|女|等|已|被|经|当场|送|\d|$)"
)
_WITH_SEX = re.compile(
    rf"(?<![\u4e00-\u9fff])(?P<name>{_SURNAME}(?!\w?{_TITLES})[\u4e00-\u9fff]{{1,2}})[，,、（(](?:男|女)[，,、性)）\d]"
)


def find(paper: Paper) -> Iterator[Remark]:
    for match in _IDENTITY.finditer(paper.body):
        if _is_a_day(match[0][6:14]):
            yield Remark(
                IDENTITY,
                "正文写了身份证号。",
                "删去；上级要的另用可靠渠道报。",
                match.span(),
                match[0],
            )
            break
    found = _NAMED.search(paper.own) or _WITH_SEX.search(paper.own)
    if found is not None:
        yield Remark(
            NAME,
            f"正文写了当事人姓名“{found['name']}”。",
            f"写成“{found['name'][0]}某”，名单另报。",
            found.span("name"),
            found["name"],
        )
    phone = _PHONE.search(paper.body)
    if phone is not None:
        yield Remark(PHONE, f"正文写了电话“{phone[0]}”。", "删去，电话写在报头。", phone.span(), phone[0])


def _is_a_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True
