"""Every sentence the web channel itself says; answers come from the handlers."""

from typing import Final

TEXT_LIMIT: Final = 2000  # characters of one message

EMPTY = "请先写下您的问题，再发送。"
NOT_JSON = "请求内容不是有效的 JSON。"
NOT_JSON_TYPE = "请用 JSON 格式发送（Content-Type: application/json）。"
TEXT_OR_ACTION = "text 和 action 要有一个，且只能有一个。"
EDIT_NEEDS_TEXT = "更正一条消息时要给出新的 text。"
BAD_ACTION = "action 要照按钮里给出的原样填写。"
NO_SESSION = "会话无效或已过期，请重新取得会话。"
FOREIGN_ORIGIN = "这个请求不是从本网站的页面发出的，没有受理。"
BAD_FORM = "页面已过期，您的话没有发出。请再按一次“发送”。"
NO_COOKIE = "浏览器没有保存 Cookie，您的话没有发出。请允许本网站使用 Cookie 后再发送。"
BODY_TOO_LARGE = "内容太大了，请缩短后再发。"
NOT_STORED = "系统暂时存不下您的话，请稍后再发。"
TOO_MANY_STREAMS = "打开的页面太多了，请关掉几个再试。"
NOT_FOUND = "没有这个页面。请检查网址，或者回到咨询首页。"
NO_SUCH_FILE = "没有这个文件，或者不是您的。"
LINK_USED_UP = "这个链接已经用过或者过期了。还要上传，请在对话里发“查 编号”，点“上传材料”再取一个。"
FILE_NOT_TAKEN = "只能上传 JPG、PNG 图片或者 PDF，请重新选择文件。"
FILE_TOO_LARGE = "文件太大了，请不要超过 10 MB。"
UPLOAD_KEPT = "收到了，谢谢。办理情况请在对话里发“查 编号”。"
WRONG_METHOD = "这个网址不支持这种操作。"
FAILED = "系统出了点问题，请稍后再试。"
OTHER = "请求没有成功，请稍后再试。"
UNHEALTHY = "数据库暂时不可用。"


def text_too_long(length: int) -> str:
    """A message over the limit."""
    return f"内容太长了：最多 {TEXT_LIMIT} 个字，您写了 {length} 个字。请分成几条发送。"


def too_fast(seconds: int) -> str:
    """A person or an address sends faster than allowed."""
    return f"您发得有点快，请等 {seconds} 秒再发。"


def bad_field(field: str) -> str:
    """A request that does not fit the schema."""
    return f"请求里的“{field}”不对，请对照 /openapi.json 检查。"


def greeting(office: str) -> str:
    """The first thing a person reads."""
    return f"您好！这里是{office}在线咨询。"


def upload_name(ending: str) -> str:
    """What a sent file is called here: names from outside are not used."""
    return f"上传的材料{ending}"
