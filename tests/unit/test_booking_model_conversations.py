"""The model conversations about bookings, turn by turn."""

from __future__ import annotations

from sqlalchemy.orm import Session

from care.conversation.model import Conversation
from care.orders import by_number
from tests.unit.booking_talk import Talk, known, time

FRIDAY, SATURDAY = "2026-11-27", "2026-11-28"


def test_first_call_booking_a_meal(session: Session, conversation: Conversation) -> None:
    known(session, conversation)
    talk = Talk(session, conversation)
    heard = talk.say("那个我后天晌午想吃饭", "book", service="meal", time=time(FRIDAY, part="noon"))
    assert heard == "好，后天，星期五，中午十一点半送餐。几个人吃？有忌口的也说一声。"
    heard = talk.say("俩人，我老伴牙不好", quantity={"n": 2, "unit": "人"}, diet="soft", relation="spouse")
    assert heard == "好，两份软饭。送到登记的那个地址吗，光明社区七号楼二单元？"
    heard = talk.say("不是，在我闺女家。", "deny", role="daughter")
    assert heard == "好，送到您闺女家。地址是哪里？"
    heard = talk.say("幸福路十八号，五零二。", address="幸福路十八号五零二")
    assert "后天，星期五，十一月二十七号，中午十一点半，两份软饭，送到幸福路十八号五零二" in heard
    assert "一共二十四块，到付" in heard and heard.endswith("对吗？")
    assert "24元（演示价）" in talk.shown and talk.state == "confirming"
    heard = talk.say("对。", "affirm")
    assert heard.startswith("订好了，单号是") and "后天，星期五，中午十一点半到十二点送到。" in heard
    assert heard.endswith("还有别的事吗？") and talk.state == "booked"
    order = by_number(session, talk.order)
    assert (order.quantity, order.address, order.particulars["diet"]) == (2, "幸福路十八号五零二", ["soft"])
    assert "、".join("零一二三四五六七八九"[int(digit)] for digit in talk.order) in heard
    assert talk.replies[0].card["number"] == talk.order
    assert talk.turns <= 6


def test_changing_ones_mind_in_one_breath_and_a_question_about_the_slot(
    session: Session, conversation: Conversation
) -> None:
    known(session, conversation)
    talk = Talk(session, conversation)
    heard = talk.say(
        "洗澡，礼拜六上午九点不不，十点",
        "book",
        service="bath",
        time=[time(SATURDAY, "09:00", "morning", ampm=True), time(time="10:00")],
    )
    assert heard == "好，大后天，星期六，上午十点洗澡。在家洗还是到站里洗？"
    heard = talk.say("站里有人扶吧？", "inform", bath_place="centre")
    assert heard == "有人扶，每次两位护理员。到站里洗，好吗？"
    heard = talk.say("好", "affirm")
    assert "最近有没有发烧" in heard
    heard = talk.say("没有", "deny")
    assert heard.endswith("对吗？") and "到站里洗" in heard and "光明社区" not in heard
    heard = talk.say("对", "affirm")
    assert "等您来" in heard and "上门" not in heard


def test_a_daughter_far_away(session: Session, conversation: Conversation) -> None:
    conversation.phone = "13700000000"
    talk = Talk(session, conversation, region="")
    heard = talk.say(
        "给我妈订这周五到下周四的午饭，她糖尿病，住红谷滩凤凰家园3栋1201，电话13812345678",
        "book",
        service="meal",
        relation="mother",
        diet="diabetic",
        phone="13812345678",
        address="红谷滩凤凰家园3栋1201",
        time=time(FRIDAY, part="noon", end_date="2026-12-03"),
    )
    assert "您母亲" in heard and "十一月二十七号到十二月三号，每天" in heard
    assert "糖尿病饭" in heard and "共七天" in heard and "红谷滩凤凰家园三栋一二零一" in heard
    assert "要您母亲同意，工作人员会打电话问她一声" in heard and talk.state == "confirming"
    assert "11月27日（星期五）到12月3日" in talk.shown and "13812345678" in talk.shown
    heard = talk.say("确认", "affirm")
    order = by_number(session, talk.order)
    assert (order.region, order.relation, order.asked_by) == ("nanchang", "mother", "家属")
    assert (order.person_phone, order.asked_by_phone) == ("13812345678", "13700000000")
    assert len(order.live_days) == 7 and order.total == 84
