"""What stands around the text on a page of the news site: navigation, ranking box, footer."""

from __future__ import annotations

__all__ = ["FOOTER", "NAV", "RANKING"]

NAV = """<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/list.html">滚动</a></li>
<li><a href="/gov/index.html">政策</a></li><li><a href="/tech/">科技</a></li><li><a href="/finance/">财经</a></li>
<li><a href="/video/">视频</a></li></ul></div>"""

RANKING = """<div class="sidebar"><div class="rank"><h2>点击排行</h2><ol>
<li><a href="/n/9001">多地发布高温预警 这些防暑知识要记牢</a></li>
<li><a href="/n/9002">暑期出游升温 热门景区如何避开人流</a></li>
<li><a href="/n/9003">新能源汽车下乡活动启动 首批车型公布</a></li>
<li><a href="/n/9004">城市更新提速 老旧小区改造有新办法</a></li>
<li><a href="/n/9005">高校毕业生就业服务季开启</a></li></ol></div>
<div class="hot"><h2>相关阅读</h2><ul><li><a href="/n/9011">算力网络建设进入快车道</a></li>
<li><a href="/n/9012">智能客服如何更懂你</a></li></ul></div></div>"""

FOOTER = """<div class="footer"><p><a href="/about">关于我们</a> | <a href="/ad">广告服务</a> |
<a href="/law">法律声明</a> | <a href="/contact">联系我们</a></p>
<p>版权所有 未经书面授权禁止使用 Copyright &copy; 2023 All Rights Reserved</p><p>京ICP备00000000号-1</p></div>"""
