"""Secrecy marks: all ways in which one is written count, and no word that only looks like one."""

import time

import pytest

from jinji_report.intake.secrecy import secrecy_mark

MARKS = {
    "机密★5年\n关于某事的报告": "机密★",
    "★某地发生某事": "★",
    "機密★1年\n某事": "机密★",
    "密级：秘密\n今晚": "密级：秘密",
    "密级:绝密 某地发生某事": "密级：绝密",
    "密　级：机　密\n某事": "密级：机密",
    "密级【机密】某事": "密级机密",
    "保密级别：机密": "密级：机密",
    "密级：一级": "密级：",
    "绝密\n某地": "绝密",
    "絕密\r\n某地": "绝密",
    "\ufeff绝密\r某地": "绝密",
    "绝\u200b密\n某地": "绝密",
    "机 密\n某事": "机密",
    "【机密】某地发生某事": "机密",
    "（秘密） 某事": "秘密",
    "机密：某地发生某事": "机密",
    "机密　　某地发生某事": "机密",
    "2026年3月5日　秘密\n某事": "秘密",
    "第一行\n机密·10年\n第三行": "机密",
    "1. 绝密级\n某事": "绝密",
}


@pytest.mark.parametrize("text", MARKS, ids=lambda text: repr(text)[:24])
def test_a_mark_is_seen_and_named_without_what_it_stands_on(text: str) -> None:
    assert secrecy_mark(text) == MARKS[text]


@pytest.mark.parametrize(
    "text",
    [
        "网吧计算机密码泄露",
        "手机密码被盗，秘密侦查",
        "涉及商业秘密的文件",
        "泄露国家秘密案",
        "机密文件丢失3份",
        "机密性受损",
        "秘密 抓捕一名嫌疑人",
        "人员密集场所",
        "密级：无",
        "密级： 公开",
        "密级：（内部）",
        "密级是什么不清楚",
        "保密级别不高",
    ],
)
def test_a_word_that_looks_like_one_is_none(text: str) -> None:
    assert secrecy_mark(text) is None


@pytest.mark.parametrize(
    "text",
    ["密" * 200_000, "(密级" * 50_000, "密 " * 100_000, "机 密a" * 50_000, "【" * 200_000 + "密"],
    ids=lambda text: text[:4],
)
def test_a_long_text_is_looked_through_in_a_time_that_grows_with_its_length(text: str) -> None:
    began = time.process_time()
    secrecy_mark(text)
    assert time.process_time() - began < 2
