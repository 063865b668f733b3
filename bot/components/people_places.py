"""People's names, door addresses and hospitals, recognised by how they are built."""

from __future__ import annotations

import re
from typing import List, Sequence

import jieba

from bot.components.spans import Span, longest

SURNAMES = (
    "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|"
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛冼帅荀浦禹奚晁鄢仲虞敖巩明佘池查麻苑迟邝裘仝阚匡蔺逄邸栗郜扈逯亓綦茹揭谌展慕闻竺邰芮湛阙厉糜茅郦雍鞠嵇隗郗濮璩羿訾钮储靖萧旷漆敖邬楚晋晁笪衡庾帖荆巨赫衣邬屠尧]"
)
GIVEN_NAMES = set("桂芳秀英兰玉珍梅凤华芬莲香云淑琴美菊红霞金建国军文德福贵生志强永芝娥娟贤惠素清翠爱芹彩银凤仙娣霞辉杰伟民树根发财有才")
"""Common in given names and rare in names of places: a name given where the address was asked for."""
NEVER_IN_NAME = "吗呢吧啊呀的了是我你他她们什么啥谁哪"
"""Not even behind 我叫."""
NOT_CALLED = re.compile(r"救护|人来|师傅|护士|出租|外卖|人工|客服|不[动应到醒来]|.门|(?<!^)车|餐|饭|人$|[一两三]个")
"""What else one may call: 我叫救护车, 我叫不动他."""
NOT_AS_NAME = re.compile(r"^(?:[改错对不没换写记忘说多电登号就要同先再还一怎]|老人|还是|照|和|跟)|[改错]$")
"""What may follow “名字” without 叫 or 是 and is none (名字改一下)."""
NOT_NAME = "吗呢吧啊呀的了是在有不没要想给个人我你他她们这那就都也还和跟到去来说叫做什么啥谁哪几多少住能可以行好对嘛么哈啦喂"
RARE_IN_NAME = "少有来好能可行对多在"
"""Of these, the ones that a name in full may have (叶润好)."""
COMMON_WORD = 50
"""Times that two characters stand in jieba's dictionary from which they are a word and no beginning of a name (安排好)."""
GIVEN = r"[\u4e00-\u9fff]"
NAMED = re.compile(
    r"(?:(?:我|她|他|老人|我妈|我爸|老伴|名字|姓名|大名|人)?(?:的)?(?:名字|姓名|大名)?(?:叫做|叫|名叫|名字是|姓名是|是叫)|姓名[：:是 ]*|名字[：:是 ]+|我是|收件人[：: ]*|联系人[：:是叫 ]*|老人家?叫)"
    r"(?P<name>(?:" + SURNAMES + r")" + GIVEN + r"{1,2})(?=$|[，,。 ！!、；;\d]|的|啊|嘛|哈|今年|住|电话|手机|一个人|独居|自己住|现在|，)"
)
CALLED = re.compile(
    r"(?:(?:我|俺|额|她|他|老人家?|我妈|我爸|我老伴|老伴|我女儿|我儿子|人)(?:的)?(?:名字|姓名|大名)?(?:是)?(?:叫做|名叫|叫)|(?:名字|姓名|大名)(?:叫做|叫|是|：|:)|姓名)[ ，,]*"
    r"(?P<name>[\u4e00-\u9fff]{2,3})(?=$|[，,。 ！!、；;]|啊$|嘛|今年|住|电话|手机|女|男|身份证)"
)
"""Behind 我叫 two or three characters are a name, however rare the surname."""
AGED = r"(?:今年|都|快|虚岁|周岁)*(?:[6-9]\d|1[01]\d|[六七八九]十[一二三四五六七八九]?)(?:岁|了)?(?=$|[，,、。 ])"
"""An age right behind a name."""
WITH_AGE = re.compile(r"(?:^|(?<=[，,。 ]))(?P<name>[\u4e00-\u9fff]{3})[，,、 ]+(?=" + AGED + r")")
"""Three characters between pauses with an age behind them are a name, however rare the surname (海长久，69岁)."""
WITH_NUMBER = re.compile(r"(?:^|(?<=[，,、;； :：]))(?:我是|俺是|额是)?(?P<name>[\u4e00-\u9fff]{3})(?=[，,、;； ]*(?:电话|手机|号码)?[是：: ]*(?:1[3-9]\d{3}|[1一幺][3-9三四五六七八九][零〇一二三四五六七八九幺\d]{3}))")
"""Three characters between pauses with a telephone number behind them are a name, however rare the surname (旷菊华，138……)."""
ALONE = re.compile(r"(?:(?:^|(?<=[，,。 ]))叫|^(?:喂|哎|诶|你好|您好|[，, ])*(?:我|俺)(?=[\u4e00-\u9fff]{3}[啊呀哈]))(?P<name>[\u4e00-\u9fff]{3})(?=[，,。;； ]|$|[啊呀哈][，,。 ])")
"""叫萧月容 between pauses, and 我栾淑清啊 at the beginning."""
CALLINGS = "员工师士姆队车家"
"""Last characters of whom else one calls for (叫保洁员)."""
NO_NAME_WITH_AGE = re.compile(r"[病瘫聋哑卧独老爷奶妈爸娘婆公姨叔伯舅哥姐弟妹孤残疾岁点天午晚早周月号饭餐洗修理送约订]")
KIN_CALLED = re.compile(
    r"(?:老头子?|老婆子|老太婆|老伴儿?|那口子|爱人|老公|老婆|爸爸?|妈妈?|[爹娘爷奶婆公姨叔舅姑哥姐弟妹嫂伯]|老人家?|老太太|老爷子|老汉|大爷|大妈|先生|太太)(?:他|她)?(?:的名字|名字)?(?:叫做?|名叫)(?P<name>[\u4e00-\u9fff]{3})(?=$|[，,。 ！!、；;\d]|今年|住|电话|手机)"
)
"""老头子叫荆长林: behind the word for kin, too, three characters are a name."""
NO_SUCH_NAME = re.compile(r"师傅|护士|医生|大夫|志愿|来$|去$|[下个声点次回]$")
"""What somebody else is called for (我妈叫师傅来)."""
AS_NAME = re.compile(r"(?:名字|姓名|大名|联系人|收件人|老人名)[：:，, ]*(?:叫做|叫|是)?(?P<name>[\u4e00-\u9fff]{2,3})(?=$|[，,。 ！!、；;\d]|今年|电话|手机)")
"""Behind 名字 (名字邓福根，88岁) a name needs no 叫."""
SURNAME_FIRST = re.compile(
    r"姓(?P<surname>[\u4e00-\u9fff]{1,2})[，, ]+(?:大名|名字|名|全名|就)?(?:叫做?|是)?(?P<name>(?P=surname)" + GIVEN + r"{1,2})(?=$|[，,。 ！!、；]|啊|嘛|哈)"
    r"|(?:大名|全名|本名)(?:叫做?|是)?(?P<whole>(?:" + SURNAMES + r")" + GIVEN + r"{1,2})(?=$|[，,。 ！!、；]|啊|嘛|哈)"
)
"""免贵姓周，周德福; 大名赵铁柱."""
SURNAME_ONLY = re.compile(r"(?:我|她|他|老人|免贵)?(?:免贵)?姓(?P<name>" + SURNAMES + r")(?![名])")
TITLED = re.compile(r"(?<![\u4e00-\u9fff])(?!司机|车师|管师|项|毛师|时师|那师)(?P<name>(?:" + SURNAMES + r")" + GIVEN + r"{0,2}(?:大爷|大妈|奶奶|爷爷|阿姨|叔叔|师傅|先生|女士|大娘|婆婆|伯伯|老师|婶|伯|嫂|大姐|大哥|老太太))")
OF_KIN = re.compile(
    r"(?:父亲|母亲|爸爸?|妈妈?|爹|娘|老伴|奶奶|爷爷|外婆|外公|姥姥|姥爷|婆婆|公公|岳母|岳父|丈母娘|邻居|大爷|大妈|老人)"
    r"(?P<name>(?:" + SURNAMES + r")" + GIVEN + r"{1,2})(?=$|[，,。 ！!、；]|约|订|定|预约|申请|登记|办|找|叫|住|今年|电话|手机|想|要)"
)
"""A name right behind the word for kin (帮我父亲周国栋约……); only one with a character that is common in names."""
FIRST = re.compile(r"^(?P<name>(?:" + SURNAMES + r")" + GIVEN + r"{1,2})[，,、 ]+(?=(?:他的?|她的?|我的?)?(?:电话|手机|号码|住|家住|[男女](?:的|$|[，,、 ])|[1一幺][3-9三四五六七八九])|" + AGED + r")")
"""A name and, right behind it, number or address (刘玉莲，电话138……)."""
AMONG = re.compile(
    r"(?<=[，,、 ])(?P<name>(?:" + SURNAMES + r")" + GIVEN + r"{1,2})(?=[，,、 ]+(?:(?:电话|手机|号码)?[是：: ]*[1一幺][3-9三四五六七八九]|" + AGED + r")|(?P<last>[。 ]*$))"
)
"""A name between the address and the number (……6栋403，尹惠珍，138……), or at the end."""
RUN_ON = re.compile(
    r"(?:叫做|名叫|叫|名字是|姓名是|(?:名字|姓名)(?!叫|是))(?P<name>(?:" + SURNAMES + r")" + GIVEN + r"{1,2}?)(?=(?:今年|快|虚岁|周岁|都)?(?:[五六七八九]十|[5-9]\d(?!\d)|一百)"
    r"|有(?:高血压|糖尿|心脏|病|点|些|个|老)|得了|患|身体|身子|[腿脚眼耳腰手](?:脚|睛|朵|也|不|有|都)|属[鼠牛虎兔龙蛇马羊猴鸡狗猪]|[男女]的|我[家屋想要]|住(?!院)|家[住在]|[他她](?:今年|[腿眼耳身有住一没不])|瘫|中风|一直)"
)
AN_AGE = re.compile(r"(?:今年|快|虚岁|周岁|都)?(?:[五六七八九]十|[5-9]\d|一百)")
FOR_NAME = re.compile(
    r"(?:给|帮|替|为)(?P<name>(?:" + SURNAMES + r")" + GIVEN + r"{1,2})(?=(?:[，, ]|再|也|重新|另外)?(?:约|订|定|预约|预订|申请|登记|办|弄|搞|整|叫|找|请|派|送|安排|理|剪|洗|修(?!路)|打|租|借|报|要|来|做|量|换|挂|取|买|装|评))"
)
"""The name in full of whoever something is ordered for (给安志明约个理发)."""
KIN = re.compile(r"孙[女子儿]")
"""A name, told in one breath with age, health or home (他叫马天佑七十六岁)."""
WHOLE = re.compile(r"^[ ，,]*(?:就是|是|叫|她叫|他叫|我叫|名字叫)?(?P<name>(?:" + SURNAMES + r")" + GIVEN + r"{1,3})[ 。，,啊嘛哈吧]*$")

NUMBERED = re.compile(r"[\d零〇一二三四五六七八九十]+(?:号|栋|幢|楼|单元|室|组|队|[，, ]*$)")
"""An address or a telephone number before a name."""
NUM = r"(?:[\da-z]{1,5}(?![\da-z])|[零〇一二两三四五六七八九十百千]+)"
BEHIND = r"[一两二三四五1-5]室|电话|手机|号码|今[天儿日]|明[天儿日早晚]|后[天儿日]|大后天|听日|上午|下午|中午|晌午|早上|晚上|下?个?(?:周|星期|礼拜)|我|俺|额|咱|想|要|叫|姓|帮|给|请|送|她|他|老人|名字|到|去|往|出发|走(?!廊)|上车|来接|接我"
"""What may follow a room number without a pause."""
NAMED_BEHIND = r"(?:" + SURNAMES + r")" + GIVEN + r"{1,2}(?=$|[，,。 ！!]|电话|手机|号码|[1一幺][3-9三四五六七八九][\d零〇一二三四五六七八九幺]{2})"
BEHIND_DOOR = re.compile(r"(?<=[\d零〇一二三四五六七八九十室号栋户])(?P<name>" + NAMED_BEHIND + r")")
"""A name in one breath behind the door (康乐路8号301张建国)."""
STREET = r"[\u4e00-\u9fff]{1,8}?(?:大道|路|街道|街|巷子|巷|胡同|弄|里弄|大街)"
AREA = r"[\u4e00-\u9fff]{1,10}?(?:社区|小区|新村|家园|花园|花苑|公寓|大院|家属院|苑|新城|名城|广场|大厦|宿舍楼?|(?:家属|职工|教师|安置|筒子|老)楼|(?:家属|安置|廉租|公租|公)房|家属区|住宅|公馆|华庭|山庄|新居|府|园|庭|郡|坊|湾|村|屯|镇|乡|庄|寨|堡|嘴|坪|冲)"
DOOR = (
    NUM + r"(?:号楼|号院|幢|栋|号|弄|巷|座|单元|楼|层|室|门|组|队|屯|社|排|户|房|片|期|区)(?!社区|小区|村|[一两二三四0-9]?厅|的?房子|的?屋子)(?:东户|西户|中户|东头|西头)?"
)
DASHED = r"(?!1[3-9]\d[-－—]\d{4}|0\d{2,3}[-－—])\d{1,4}[a-z]?(?:[-－—]\d{1,4}){1,3}(?![\d-])"
"""House, entrance and room as they are typed (5-2-301); no telephone number."""
TAIL = r"(?:[ ，,、]?(?:" + DASHED + r"|" + DOOR + r"|(?:[甲乙丙丁a-z东西南北])(?:座|区|栋|门|单元|院)|" + NUM + r"(?=$|[ ，,。;；!！的啊吧]|" + BEHIND + "|" + NAMED_BEHIND + r")))"
SEP = r"[ ，,、]{0,2}(?:的|那个)?"
ESTATE = r"(?:[ ]?[^\W\da-z零〇一二两三四五六七八九十的了我俺你他她要想给请送叫帮等楼院]{2,8}?[楼院]?(?=" + NUM + r"(?:号楼|号院|栋|幢|座|单元|期|区)))"
"""An estate of any name, known by the house right behind it (紫阳大道名门世家9栋1502)."""
NUMBER_NAMED = r"(?:[\da-z零〇一二三四五六七八九十]{1,5}号?(?:小区|社区|大院|家属院|家属区|生活区|住宅区|新村|公寓|厂区|工区|宿舍))"
"""An estate that is called by a number only (888小区, 二零四大院)."""
NEXT_TO = r"(?:[\u4e00-\u9fff]{1,5}?(?:家|店|馆|站|所|校|学|厂|铺|场|局|会|堂|诊所|超市|市场)(?:的)?(?:隔壁|对面|对门|旁边|边上|后面|后头|前面|斜对面|楼上|楼下)(?:的|那个?)?(?=" + NUM + r"(?:号|栋|幢|楼|单元|室|院)))"
"""Next to somebody or something that everybody knows (东街王桂英家隔壁12号)."""
DISTRICTS = r"(?:[\u4e00-\u9fff]{2,6}?(?:省|市|区|县|旗))"
ADDRESS = re.compile(
    r"(?:" + DISTRICTS + r"*(?:" + STREET + r"|" + AREA + r"|" + NUMBER_NAMED + r")(?:" + SEP + r"(?:" + STREET + r"|" + AREA + r"|" + NUMBER_NAMED + r"|" + NEXT_TO + r")|" + ESTATE + r"){0,3}"
    r"(?:" + SEP + TAIL + r")+(?:(?:" + SEP + r"(?:" + STREET + r"|" + AREA + r")|" + ESTATE + r"){1,3}(?:" + SEP + TAIL + r")+){0,3})"
    r"|(?:(?:" + DISTRICTS + r"{1,3}|(?<=[住在到址：:]))" + ESTATE + r"(?:" + SEP + TAIL + r")+)|(?:" + NUM + r"(?:号楼|栋|幢|单元|座)(?:" + SEP + TAIL + r")*)|(?:" + AREA + r"(?:" + NUM + r"(?:组|队|社)|[东西南北]头|村口))"
)
LIVES = re.compile(
    r"(?:住在?|家在|家住|屋里在|家就在|地址是?)[：: ]?(?P<place>(?:[\u4e00-\u9fff]{2,8}?(?:省|市|区|县|镇|乡|街道))*[\u4e00-\u9fff]{2,10}?(?:新村|村|屯|社区|小区|家园|花园|家属院|公寓|苑))(?=$|[，,。 ；;！!])"
)
"""Where somebody lives, told without a number (我住李台街道胡家底村)."""
LEAD = re.compile(
    r"^(?:.*?(?:送到|送去|送往|住在|住到|住(?!宅|院)|家在|地址是|地址|搬到|改到|改成|是在|到|在|去|往|给我送|就在|位于|[我俺额咱]们?(?:家|屋)(?:里头?|头)?|是|来|接|从|，|,| |：|:))(?=[\u4e00-\u9fff\d])"
)
BEFORE = re.compile(
    r"^[\u4e00-\u9fff\d]*(?:[今明后]天|(?<=^)天(?=上午|中午|下午|晚上|[一两二三\d])|中午|晌午|上午|下午|早上|晚上|[一两二三四五六七八九十\d](?:份|个人|位)(?:软|普通)?(?:饭菜?|餐|午饭|晚饭)?|[午晚早]饭|送餐|打扫(?:卫生)?|洗澡|理发|[\d一两二三四五六七八九十]点半?)(?=[\u4e00-\u9fff]{2,})"
)
"""A day, an hour or an amount said right before an address without a pause (明天中午两份饭幸福路3号)."""
PIECE_BEFORE = re.compile(r"(?:路|街|巷|道|社区|小区|村|家园|花园|苑|号)[\d零〇一二三四五六七八九十百]*号?[，, ]$")
DOORS_ONLY = re.compile(NUM + r"(?:号楼|幢|栋|号|座|单元|楼|层|室|门)")
"""A pause inside an address: 东纵大道102号，3栋504."""
OTHER_HOME = re.compile(
    r"[\d号栋楼室元][ ，,、]*(?:[我俺额](?:亲)?(?:妈|爸|爹|娘|婆婆|公公|岳母|丈母娘|岳父|老丈人|奶奶|爷爷|外婆|外公|姥姥|姥爷|姐姐?|妹妹?|哥哥?|弟弟?|大?姨|姑|舅舅?|叔|闺女|女儿|儿子)(?:家|就|是)*(?:住|在)"
    r"|(?:另外|再|还有)?(?:今天|明[天儿]|大?后[天儿]|(?:下个?|这个?)?(?:周|星期|礼拜)[一二三四五六日天])个?(?:上午|中午|下午|晚上|晌午)?(?:送到?|去|到|在))"
)
"""Between one address and that of somebody else, or of another day (我妈在康乐路8号 我婆婆在幸福路10号)."""
PUT_RIGHT = re.compile(r"不对|错了|说错|应该是")
"""Between a door and the right one (2栋，哎不对，是12栋303)."""
FIRST_DOOR = re.compile(NUM + r"(?P<unit>号楼|号院|栋|幢|座|单元|楼|号|室|门)")
BREAKS = re.compile(r"[ ，,、。]")
INSIDE = re.compile(r"\d|[省市区县路街巷村号栋镇乡]")
"""A piece of an address."""
KEEPS = re.compile(r"(?:路|街|巷|社区|小区|村|家园|花园|号|栋|组|苑|新村|公寓|大院)")
HOSPITAL = re.compile(
    r"(?:[\u4e00-\u9fff]{0,10}?(?:湘雅[一二三]?医院|人民医院|中心医院|中医院|妇幼保健院|骨科医院|眼科医院|口腔医院|肿瘤医院|附属医院|医院|卫生院|卫生所|卫生室|卫生服务中心|卫生服务站|诊所|保健院|湘雅(?:[一二三]?医院|附[一二三])?|附[一二]院?)(?:[东西南北]院区?|分院)?)"
)
HOSPITAL_LEAD = re.compile(
    r"^.*?(?:去|到|在|往|上(?!海|饶|虞)|陪我|陪|送我|从|约|挂|是|想|要|看病|我妈|我爸|老伴|带|跟|(?<![协泰太永同人仁义康雍颐祥顺])和(?!平|谐|睦|县|顺)|进(?!贤)|改成|改到|找|去趟|去一趟|一趟|趟|跑|来(?!宾)|给|把|接|明天|后天|今天|上午|下午|早上|中午|点|号|(?<=[今明后昨前大每当])天|的|，|,"
    r"|[那哪这][个家边里种所]?|说|讲|[一两]?[个家](?=医|卫|诊)|不[^，。]{0,2}(?:着|到|了)|[着了啦咧哒咯嘞呀啊呢吧嘛]|你们?|我们?|他们?|她们?|俺|额|佢|有没有|有(?=个|家)|离|都(?=是|在|去|没|不)|没|不|就|也|还)(?=[\u4e00-\u9fff])"
)
"""What stands before the name of a hospital in running speech, and is no part of one."""
SHORT_HOSPITAL = re.compile(
    r"(?:[市省县区州]|[\u4e00-\u9fff]{1,5}大)第?[一二三四五六七八]院(?![子里落])|(?:[\u4e00-\u9fff]{1,6}大学?)?第?(?:[一二三四]附属?|附属?[一二三四]?)院(?![子里落])"
)
"""Names without the word 医院 (省二院, 吉大一院, 一附院)."""
BARE_HOSPITAL = {"医院", "诊所", "卫生院", "卫生所", "卫生室", "大医院", "小医院", "老医院", "好医院", "附院"}


def people(text: str, asking: str = "") -> List[Span]:
    """Names of people. When the name was asked for, a whole short answer may be one."""
    if asking in ("name", "person"):
        whole = WHOLE.match(text)
        if whole and (asking == "name" or len(whole["name"]) <= 3) and not any(c in NOT_NAME for c in whole["name"][1:]):
            return [Span("person_name", whole["name"], whole.start("name"), whole.end("name"))]
    if asking == "place":
        whole = WHOLE.match(text)
        if whole and len(whole["name"]) <= 3 and set(whole["name"][1:]) <= GIVEN_NAMES:
            return [Span("person_name", whole["name"], whole.start("name"), whole.end("name"))]
    found = []
    for match in SURNAME_FIRST.finditer(text):
        group = "name" if match["name"] else "whole"
        found.append(Span("person_name", match[group], match.start(), match.end(group)))
    for pattern in (FIRST, NAMED, AMONG, OF_KIN, TITLED, SURNAME_ONLY):
        for match in pattern.finditer(text):
            name = match["name"]
            if pattern is NAMED and any(c in NOT_NAME for c in name[1:]) and not _told_in_full(match):
                continue
            if pattern in (FIRST, AMONG) and any(c in NOT_NAME for c in name[1:]) and not _rare_name(name):
                continue
            if pattern is AMONG and match["last"] is not None and not (set(name[1:]) & GIVEN_NAMES and NUMBERED.search(text[: match.start()])):
                continue
            if pattern is OF_KIN and not set(name[1:]) & GIVEN_NAMES:
                continue
            span = Span("person_name", name, match.start("name"), match.end("name"))
            if not any(span.overlaps(other) for other in found):
                found.append(span)
    for match in RUN_ON.finditer(text):
        span = Span("person_name", match["name"], match.start("name"), match.end("name"))
        aged = AN_AGE.match(text, span.end)
        strange = NOT_CALLED.search(span.value) or NO_SUCH_NAME.search(span.value) or KIN.match(span.value)
        strange = strange or set(span.value[1:]) & (set(NOT_NAME) - set(RARE_IN_NAME if aged else ""))
        strange = strange or not aged and _a_word(span.value)
        if not strange and not any(span.overlaps(other) for other in found):
            found.append(span)
    for match in (*FOR_NAME.finditer(text), *BEHIND_DOOR.finditer(text)):
        span = Span("person_name", match["name"], match.start("name"), match.end("name"))
        if name_in_full(span.value) and not any(span.overlaps(other) for other in found):
            found.append(span)
    for match in (*CALLED.finditer(text), *AS_NAME.finditer(text), *KIN_CALLED.finditer(text), *WITH_AGE.finditer(text), *WITH_NUMBER.finditer(text), *ALONE.finditer(text)):
        span = Span("person_name", match["name"], match.start("name"), match.end("name"))
        strange = NOT_CALLED.search(span.value) or any(c in NEVER_IN_NAME for c in span.value)
        strange = strange or match.re is AS_NAME and NOT_AS_NAME.search(span.value)
        strange = strange or match.re is WITH_AGE and (NO_NAME_WITH_AGE.search(span.value) or set(span.value[1:]) & (set(NOT_NAME) - set(RARE_IN_NAME)))
        strange = strange or match.re in (WITH_NUMBER, ALONE) and _plain_words(span.value)
        strange = strange or match.re is ALONE and span.value[-1] in CALLINGS
        strange = strange or match.re is KIN_CALLED and NO_SUCH_NAME.search(span.value)
        if not strange and not any(span.overlaps(other) for other in found):
            found.append(span)
    return found


def name_in_full(name: str) -> bool:
    """Whether characters behind 给 that begin with a surname are a name and no words (给安志明, not 给高龄老人, 给全家)."""
    given = name[1:]
    strange = KIN.match(name) or set(given) & (set(NOT_NAME) - set(RARE_IN_NAME)) or NO_NAME_WITH_AGE.search(name) or NO_SUCH_NAME.search(name)
    if strange or INSIDE.search(name) or name[-1] in "障症炎癌瘤" or jieba.dt.FREQ.get(name, 0) >= COMMON_WORD and not set(given) <= GIVEN_NAMES:
        return False
    if len(given) == 1:
        return given in GIVEN_NAMES
    return bool(set(given) & GIVEN_NAMES) or not any(jieba.dt.FREQ.get(name[at : at + 2], 0) >= COMMON_WORD for at in (0, 1))


def _plain_words(piece: str) -> bool:
    """Whether three characters beside a telephone number are words and no name (没问题，138……): a common word is in them."""
    common = any(jieba.dt.FREQ.get(piece[at : at + 2], 0) >= COMMON_WORD for at in (0, 1))
    return common or bool(set(piece) & set(NOT_NAME) - set(RARE_IN_NAME)) or bool(NO_NAME_WITH_AGE.search(piece) or INSIDE.search(piece))


def _a_word(name: str) -> bool:
    """Whether what would be a given name is a common word (叫张医生住); characters that are common in names are none."""
    given = name[1:]
    return len(given) > 1 and not set(given) & GIVEN_NAMES and jieba.dt.FREQ.get(given, 0) >= COMMON_WORD


def _rare_name(name: str) -> bool:
    """Whether words beside a number are a name in full although one of its characters is seldom in one (叶润好, 陈有才)."""
    seldom = all(c not in NOT_NAME or c in RARE_IN_NAME for c in name[1:])
    return seldom and len(name) > 2 and jieba.dt.FREQ.get(name[:2], 0) < COMMON_WORD


def _told_in_full(match: "re.Match[str]") -> bool:
    """Whether 叫陈有才 is a name although 有 is seldom in one: three characters behind 叫, and a pause behind them."""
    name = match["name"]
    paused = match.end("name") == len(match.string) or match.string[match.end("name")] in "，,。 ！!、；"
    strange = NOT_CALLED.search(name) or any(c in NEVER_IN_NAME for c in name) or name[-1] in "来去到给个下点不"
    return "叫" in match[0] and len(name) == len("陈有才") and paused and not strange


def addresses(text: str) -> List[Span]:
    """Door addresses: a street, village or block with something numbered behind it."""
    found = []
    for match in ADDRESS.finditer(text):
        start, end = match.span()
        while True:
            lead = LEAD.match(text[start:end])
            rest = text[start + lead.end() : end] if lead else ""
            if not lead or not KEEPS.search(rest):
                break
            if lead[0][-1] in "，, " and PIECE_BEFORE.search(lead[0]) and DOORS_ONLY.match(rest):
                break
            if (other := OTHER_HOME.search(text[start:end])) and KEEPS.search(text[start : start + other.start()]) and lead.end() > other.start():
                first = start + other.start() + 1
                found.append(Span("address", BREAKS.sub("", text[start:first]), start, first))
            start += lead.end()
        if (before := BEFORE.match(text[start:end])) and KEEPS.search(text[start + before.end() : end]):
            start += before.end()
        words = BREAKS.sub("", text[start:end])
        if found and found[-1].end == start and KEEPS.search(words):
            # 书院路145号金盆小区6栋403 is one address: street and estate.
            found[-1] = Span("address", found[-1].value + words, found[-1].start, end)
        elif found and PUT_RIGHT.search(text[found[-1].end : start]) and (put := _put_right(found[-1].value, words)):
            found[-1] = Span("address", put, found[-1].start, end)
        elif len(words) >= 3:
            found.append(Span("address", words, start, end))
    for match in LIVES.finditer(text):
        span = Span("address", match["place"], match.start("place"), match.end("place"))
        if not any(span.overlaps(other) for other in found):
            found.append(span)
    return found


def from_its_town(doors: Sequence[Span], words: Sequence[Span], text: str) -> List[Span]:
    """The addresses from the town that they begin with: what stands before it is no part of them (打扫卫生长春二道区自由大路……)."""
    towns = [w.start for w in words if w.kind == "place" and w.value.get("region")]
    found = []
    for span in doors:
        start = min((t for t in towns if span.start <= t < span.end), default=span.start)
        before = text[span.start : start]
        if start > span.start and not INSIDE.search(before):
            span = Span(span.kind, BREAKS.sub("", text[start : span.end]), start, span.end)
        found.append(span)
    return found


def _put_right(address: str, door: str) -> str:
    """The address with another door from where its kind was said first; empty if the second is more than a door."""
    again = FIRST_DOOR.match(door)
    if not again:
        return ""
    said = [m for m in FIRST_DOOR.finditer(address) if m["unit"] == again["unit"]]
    return (address[: said[0].start()] if said else address) + door


def facilities(text: str, taken: Sequence[Span] = ()) -> List[Span]:
    """Hospitals and health stations with a name of their own."""
    found = []
    for match in (m for shape in (HOSPITAL, SHORT_HOSPITAL) for m in shape.finditer(text)):
        start, end = match.span()
        while True:
            lead = HOSPITAL_LEAD.match(text[start:end])
            if not lead or text[start + lead.end() : end] == "" :
                break
            start += lead.end()
        words = text[start:end]
        if words not in BARE_HOSPITAL and len(words) > 2:
            found.append(Span("facility", words, start, end))
    return [span for span in longest(found) if not any(span.overlaps(t) for t in taken)]
