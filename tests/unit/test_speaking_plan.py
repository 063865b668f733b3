"""Which source says which words."""

from voice_gateway.speaking.plan import AFTER_CLAUSE, AFTER_SENTENCE, plan, shares


def finder(whole=(), flowing=()):
    known = {**dict.fromkeys(whole, ("prepared", False)), **dict.fromkeys(flowing, ("prepared", True))}
    return known.get


def said(text, find):
    return [[(part.text, part.source) for part in clause] for clause in plan(text, find)]


def test_clauses_that_are_at_hand_are_taken_whole_and_pauses_follow_the_marks():
    planned = plan("您好，我是助手。", finder(["您好", "我是助手"]))
    assert [clause[0].source for clause in planned] == ["prepared", "prepared"]
    assert [clause[-1].pause for clause in planned] == [AFTER_CLAUSE, AFTER_SENTENCE]


def test_a_question_takes_the_questioning_clip_and_else_the_plain_one():
    assert said("好吗？", finder(["好吗？", "好吗"])) == [[("好吗？", "prepared")]]
    assert said("好吗？", finder(["好吗"])) == [[("好吗", "prepared")]]


def test_a_sentence_is_composed_of_pieces_with_only_the_name_live():
    find = finder(["后天", "星期五", "三点半"], ["给您母亲", "订助餐", "十一月", "二十七号", "下午"])
    assert said("给您母亲王秀英订助餐，后天，星期五，十一月二十七号，下午三点半。", find) == [
        [("给您母亲", "prepared"), ("王秀英", "live"), ("订助餐", "prepared")],
        [("后天", "prepared")],
        [("星期五", "prepared")],
        [("十一月", "prepared"), ("二十七号", "prepared")],
        [("下午", "prepared"), ("三点半", "prepared")],
    ]


def test_order_numbers_are_said_digit_by_digit():
    find = finder("零一二三四五六七八九", ["单号是"])
    assert said("单号是 3582。", find) == [[(part, "prepared") for part in ("单号是", "三", "五", "八", "二")]]
    assert said("零零七一", find) == [[(digit, "prepared") for digit in "零零七一"]]


def test_numbers_and_words_are_never_torn_apart():
    find = finder("一二三四五六七八九", ["二十", "十"])
    assert said("统一规定", find) == [[("统一规定", "live")]]
    assert said("第二十四条", find) == [[("第二十四条", "live")]]


def test_a_clause_of_scraps_is_said_by_one_voice():
    find = finder([], ["送到", "号", "路"])
    assert said("甲乙路丙丁号戊己路", find) == [[("甲乙路丙丁号戊己路", "live")]]


def test_lists_pause_between_their_items():
    find = finder([], ["身份证", "户口本"])
    assert said("身份证、户口本", find) == [[("身份证", "prepared"), ("户口本", "prepared")]]
    assert plan("身份证、户口本", find)[0][0].pause > 0.1


def test_every_word_is_said_once_and_in_order():
    text = "我给您念一遍，给您母亲王秀英订助餐，送到光明社区三栋一二零一，一共二十四块，对吗？"
    find = finder(["我给您念一遍", "对吗？"], ["给您母亲", "送到", "二十四块", "一共", "三栋"])
    planned = plan(text, find)
    words = "".join(part.text for clause in planned for part in clause)
    assert words.replace("？", "") == text.replace("，", "").replace("？", "")
    assert sum(shares(planned).values()) == len(words.replace("？", ""))


def test_nothing_to_say_is_no_clause():
    assert plan("😀", finder()) == []
