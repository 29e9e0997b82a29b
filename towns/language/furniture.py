"""What stands around an article and is none of it: prompts, comment forms, links to other posts."""

import re

from towns.language.script import fold

_COMMENTS = re.compile(
    r"no comments:?|\d+ comments?:?|post a comment|leave a comment|add a comment|newer posts?|"
    r"older posts?|newer post ?older post|subscribe to:? ?.{0,40}|发表评论|暂无评论|没有评论:?|"
    r"写留言|精选留言|发布评论|较新的博文|较早的博文",
    re.IGNORECASE,
)
_PROMPT = re.compile(
    r".{0,12}(?:长按|扫一扫|扫码|扫描).{0,12}(?:二维码|关注|识别|小程序).{0,12}|.{0,6}二维码.{0,12}|"
    r".{0,4}点击(?:上方|下方|蓝字|图片|标题|卡片|关注|阅读原文|查看|放大).{0,24}|.{0,4}关注(?:我们|公众号).{0,16}|"
    r".{0,8}关注后看更多.{0,8}|.{0,4}分享是一种美德.{0,8}|.{0,10}如有侵权.{0,24}|.{0,10}侵权(?:请|即)?(?:联系)?删除?.{0,10}|"
    r".{0,8}(?:点赞|点个赞|在看|转发|收藏)[\s,、和+|]*(?:点赞|在看|转发|分享|收藏|走起|吧|哦|!){1,6}.{0,8}|阅读原文|"
    r"(?:继续滑动|向上滑动|上滑|下滑|左滑|滑动).{0,10}|轻触阅读原文|微信扫一扫.{0,12}|预览时标签不可点|"
    r"收录于(?:合集|话题).{0,30}|喜欢此内容的人还喜欢|设为星标.{0,20}|.{0,6}星标.{0,6}不迷路.{0,6}|"
    r"scan (?:the|this) qr code.{0,60}|(?:long )?press .{0,20}qr code.{0,40}|follow us.{0,40}|"
    r"(?:tap|click) (?:here|the|on|to) .{0,50}|read more.{0,10}|share (?:this|to|on) .{0,40}",
    re.IGNORECASE,
)
_NAVIGATION = re.compile(
    r"home|menu|search|about me|blog archive|labels:.{0,80}|posted by .{0,60}|"
    r"powered by blogger\.?|email this|blogthis!|report abuse|view my complete profile|"
    r"上一篇.{0,60}|下一篇.{0,60}|返回(?:顶部|首页)|打印(?:本页)?|关闭(?:窗口)?|字号.{0,12}|分享到.{0,20}",
    re.IGNORECASE,
)
_DIVIDER = re.compile(r"[\W_]{1,80}|[-—\s]*(?:end|the end|完)[-—\s]*", re.IGNORECASE)
_MORE = re.compile(
    r".{0,6}(?:推荐阅读|往期推荐|往期回顾|往期精选|相关阅读|延伸阅读|更多精彩|热门文章).{0,6}|"
    r"related (?:posts|articles|stories):?|you may also like:?|popular posts:?",
    re.IGNORECASE,
)
_LONGEST = 60

COMMENTS, PROMPT, NAVIGATION, DIVIDER, MORE = (
    "comments", "prompt", "navigation", "divider", "related"
)  # fmt: skip
_KINDS = (
    (COMMENTS, _COMMENTS),
    (PROMPT, _PROMPT),
    (NAVIGATION, _NAVIGATION),
    (MORE, _MORE),
    (DIVIDER, _DIVIDER),
)


def furniture(text: str) -> str:
    """Why a whole line is no part of an article, or ""."""
    if len(text) > _LONGEST:
        return ""
    folded = fold(text).strip()
    return next((kind for kind, pattern in _KINDS if pattern.fullmatch(folded)), "")
