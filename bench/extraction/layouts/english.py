"""English-language newspapers, agencies, blogs, companies, governments and releases."""

# ruff: noqa: E501 - markup keeps the lines of the sites

from __future__ import annotations

from html import escape

from bench.extraction.facts import Facts
from bench.extraction.markup import body, cards, comments, json_text, links, scripts
from bench.extraction.page import Article, Draft, Layout

__all__ = ["LAYOUTS"]


def _names(f: Facts, word: str = " and ") -> str:
    return word.join(f.authors)


def _figure(a: Article, credit: str) -> str:
    return (
        f'<figure><img src="a.jpg" alt=""><figcaption>{a.caption} {credit}</figcaption></figure>' if a.caption else ""
    )


def wordpress(a: Article, f: Facts) -> Draft:
    writer = f.authors[0]
    return Draft(
        url=f"https://meridian.test/{f.date('%Y/%m/%d')}/{a.key}-{f.number % 99}/",
        html=f"""<!DOCTYPE html><html lang="en-US"><head><meta charset="UTF-8"><title>{escape(a.title)} &#8211; The Meridian Post</title><meta property="og:title" content="{escape(a.title)}"><meta property="og:site_name" content="The Meridian Post"><meta property="article:published_time" content="{f.iso("second", "+00:00")}">{scripts(25)}</head><body class="post-template-default single single-post"><header id="masthead" class="site-header"><p class="site-title"><a>The Meridian Post</a></p>{links(f, 8, "menu")}</header><main id="main" class="site-main">
<article id="post-{f.number % 9999}" class="post type-post status-publish format-standard hentry category-news"><header class="entry-header"><h1 class="entry-title">{escape(a.title)}</h1><div class="entry-meta"><span class="posted-on">Posted on <a rel="bookmark"><time class="entry-date published" datetime="{f.iso("second", "+00:00")}">{f.date("%B {d}, %Y")}</time></a></span> <span class="byline"> by <span class="author vcard"><a class="url fn n">{writer}</a></span></span></div></header>
<div class="entry-content">{_figure(a, "")}{body(a, {"h": '<h2 class="wp-block-heading">{}</h2>', "quote": '<blockquote class="wp-block-quote"><p>{}</p></blockquote>'}, {4: '<figure class="wp-block-pullquote"><blockquote><p>' + a.lines[-1][:70] + "</p></blockquote></figure>"})}
<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Share this:</h3><ul><li><a>Click to share on Twitter (Opens in new window)</a></li><li><a>Click to share on Facebook (Opens in new window)</a></li></ul></div><div id="jp-relatedposts" class="jp-relatedposts"><h3 class="jp-relatedposts-headline"><em>Related</em></h3></div></div>
<footer class="entry-footer"><span class="cat-links">Posted in <a rel="category tag">News</a></span><span class="tags-links">Tagged <a rel="tag">energy</a></span></footer><div class="author-box"><h4>About {writer}</h4><p>{writer} is a senior reporter who covers science and industry. She lives by the sea with two dogs.</p></div></article>
<nav class="navigation post-navigation"><div class="nav-previous"><a>Previous: {f.headlines[0]}</a></div><div class="nav-next"><a>Next: {f.headlines[1]}</a></div></nav><div id="comments" class="comments-area"><h2 class="comments-title">4 thoughts on &ldquo;{escape(a.title)}&rdquo;</h2>{comments(f)}<div id="respond"><h3>Leave a Reply</h3><p>Your email address will not be published. Required fields are marked *</p></div></div></main><aside class="widget-area"><section class="widget"><h2>Recent Posts</h2>{links(f, 6, "rp")}</section></aside><footer class="site-footer">Proudly powered by WordPress</footer></body></html>""",
        published=f.iso("second", "+00:00"),
        authors=(writer,),
        publisher="The Meridian Post",
        furniture=("Share this:", "Click to share on", "Posted in", "Leave a Reply", "Your email address will not", "Recent Posts", "Proudly powered", "senior reporter who covers", *f.comments, *f.headlines[:6]),
        neutral=(str(a.caption), a.lines[-1][:70]),
    )  # fmt: skip


def substack(a: Article, f: Facts) -> Draft:
    widget = '<div class="subscription-widget-wrap"><div class="subscription-widget"><div class="preamble"><p>The Long Proof is a reader-supported publication. To receive new posts and support my work, consider becoming a free or paid subscriber.</p></div><form><input placeholder="Type your email..."><button>Subscribe</button></form></div></div>'
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": a.title,
        "datePublished": f.iso("second", "+00:00"),
        "author": [{"@type": "Person", "name": f.authors[0]}],
        "publisher": {"@type": "Organization", "name": "The Long Proof"},
    }
    return Draft(
        url=f"https://longproof.substack.test/p/{a.key}",
        html=f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(a.title)} - by {f.authors[0]} - The Long Proof</title><meta property="og:title" content="{escape(a.title)}"><meta name="author" content="{escape(f.authors[0])}"><script type="application/ld+json">{json_text(data)}</script>{scripts(60)}</head><body><div id="entry"><div class="main-menu"><h1 class="pencraft"><a>The Long Proof</a></h1><button>Subscribe</button><button>Sign in</button></div><div aria-label="Post" role="main" class="single-post-container"><article class="typography newsletter-post post"><div class="post-header"><h1 class="post-title published">{escape(a.title)}</h1><h3 class="subtitle">{a.deck or ""}</h3>
<div class="byline-wrapper"><a>{f.authors[0]}</a><div class="pencraft">{f.date("%b %d, %Y")}</div><div>{f.number % 300}</div><div>Share</div></div></div><div class="available-content"><div dir="auto" class="body markup">{body(a, {"h": '<h2 class="header-anchor-post">{}<div class="pencraft header-anchor-parent"></div></h2>', "li": "<li><p>{}</p></li>"}, {1: _figure(a, ""), 3: widget, 5: '<p class="button-wrapper"><a class="button primary"><span>Share</span></a></p>'})}</div></div><div class="post-footer">{f.number % 300} Likes · {f.number % 9} Restacks</div></article>
<div class="comments-section"><h4>Discussion about this post</h4>{comments(f)}</div><div class="portable-archive"><div>Top Latest Discussions</div>{cards(f, 6, "post-preview", "A short note on what comes next.")}</div><p>Ready for more?</p></div></div><footer>© 2023 {f.authors[0]} Privacy ∙ Terms ∙ Collection notice Start Writing Get the app Substack is the home for great culture</footer></body></html>""",
        published=f.iso("second", "+00:00"),
        authors=f.authors[:1],
        publisher="The Long Proof",
        furniture=("reader-supported publication", "Discussion about this post", "Ready for more?", "Restacks", *f.comments, "A short note on what comes next", "home for great culture"),
        neutral=(str(a.deck), str(a.caption)),
    )  # fmt: skip


def guardian(a: Article, f: Facts) -> Draft:
    at = f.stamp(0) * 1000
    rich = (
        '<aside data-component="rich-link"><div><h3>' + f.headlines[0] + '</h3><a href="/r">Read more</a></div></aside>'
    )
    mail = '<figure data-spacefinder-role="inline"><a href="#EmailSignup-skip-link">skip past newsletter promotion</a><aside aria-label="newsletter promotion"><h4>Sign up to First Edition</h4><p>Our morning email breaks down the key stories of the day, telling you what’s happening and why it matters</p><p><strong>Privacy Notice: </strong>Newsletters may contain info about charities, online ads, and content funded by outside parties.</p></aside><p id="EmailSignup-skip-link">after newsletter promotion</p></figure>'
    pull = f'<aside data-spacefinder-role="supporting"><svg></svg><blockquote>{a.lines[2][:80]}</blockquote></aside>'
    data = [
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": a.title,
            "datePublished": f.iso("second", "Z"),
            "dateModified": f.iso("second", "Z"),
            "author": [{"@type": "Person", "name": n} for n in f.authors],
            "publisher": {"@type": "Organization", "name": "The Guardian"},
        }
    ]
    return Draft(
        url=f"https://www.theguardian.com/technology/{f.date('%Y/%b/%d').lower()}/{a.key}",
        html=f"""<!doctype html><html lang="en"><head><meta charset="utf-8"/><title>{escape(a.title)} | Energy | The Guardian</title><meta property="og:title" content="{escape(a.title)}"/><meta property="og:site_name" content="the Guardian"/><meta property="article:published_time" content="{f.iso("second", "Z")}"/><meta property="article:author" content="https://www.theguardian.com/profile/x"/><script type="application/ld+json">{json_text(data)}</script>{scripts(60)}</head><body><header>{links(f, 20, "nav")}</header><main><article><div data-gu-name="media">{_figure(a, "Photograph: Jo Bloggs/PA")}</div><div data-gu-name="headline"><h1 class="dcr-y70er7">{escape(a.title)}</h1></div><div data-gu-name="standfirst"><div class="dcr-1x"><p>{a.deck or ""}</p></div></div>
<aside data-gu-name="meta"><address aria-label="Contributor info"><div class="dcr-1v">{" and ".join(f'<a rel="author" data-link-name="auto tag link">{n}</a>' for n in f.authors)}</div></address><details><summary>{f.date("%a {d} %b %Y %H.%M")} GMT</summary>First published on {f.date("%a {d} %b %Y %H.%M")} GMT</details><div>Share</div></aside>
<div data-gu-name="body"><div id="maincontent" class="dcr-ch7w1w"><div class="article-body-commercial-selector article-body-viewer-selector dcr-1g5o3j6">{body(a, {"p": '<p class="dcr-4cudl2">{}</p>', "h": '<h2 id="x">{}</h2>', "quote": '<p class="dcr-4cudl2">{}</p>'}, {2: rich, 3: mail, 5: pull})}</div></div></div></article><div class="submeta"><span>Explore more on these topics</span><ul><li><a>Energy</a></li><li><a>news</a></li></ul><button>Reuse this content</button></div></main><section id="most-viewed"><h2>Most viewed</h2>{links(f, 10, "mv")}</section><section>More on this story {cards(f, 4, "card")}</section><footer>Back to top © 2023 Guardian News & Media Limited or its affiliated companies. All rights reserved.</footer></body></html>""",
        published=f.iso("second", "+00:00"),
        authors=f.authors,
        publisher="The Guardian",
        furniture=("skip past newsletter", "Sign up to First Edition", "Our morning email", "Privacy Notice", "after newsletter promotion", "Explore more on these topics", "Read more", "Reuse this content", "Most viewed", f.headlines[0], str(at)),
        neutral=(str(a.deck), f"{a.caption} Photograph: Jo Bloggs/PA", a.lines[2][:80]),
    )  # fmt: skip


def reuters(a: Article, f: Facts) -> Draft:
    dateline = f"LONDON, {f.date('%b {d}')} (Reuters) - "
    credit = f"Reporting by {_names(f)} in London; Editing by {f.editors[0]}"
    style = {
        "p": '<div data-testid="paragraph-1" class="text__text__x paragraph__x">{}</div>',
        "h": '<h2 data-testid="Heading" class="heading__x">{}</h2>',
        "quote": '<div data-testid="paragraph-2" class="text__x">{}</div>',
    }
    return Draft(
        url=f"https://www.reuters.com/technology/{a.key}-{f.day}/",
        html=f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"/><title>{escape(a.title)} | Reuters</title><meta property="og:title" content="{escape(a.title)}"/><meta property="og:site_name" content="Reuters"/><meta name="article:published_time" content="{f.iso("second", "Z")}"/><meta name="article:author" content="{_names(f, ",")}"/>{scripts(70)}</head><body><div id="fusion-app"><header>{links(f, 20, "nav")}</header><main><article data-testid="Article"><header class="article-header__x"><div class="article-header__heading__x"><h1 data-testid="Heading">{escape(a.title)}</h1></div><div class="info-content__x"><div class="author-name__x">By {" and ".join(f"<a>{n}</a>" for n in f.authors)}</div><time data-testid="Body" datetime="{f.iso("second", "Z")}"><span>{f.date("%B {d}, %Y")}</span><span>{f.date("%I:%M %p").lstrip("0")} UTC</span><span>Updated 5 hours ago</span></time></div></header>
<div class="article-body__wrapper__x"><div class="article-body__content__x">{_figure(a, "REUTERS/Jo Bloggs/File Photo Acquire Licensing Rights")}{body(a, style, {2: '<div data-testid="ad">Advertisement · Scroll to continue</div>', 4: '<div data-testid="promo-box"><p>The Reuters Power Up newsletter provides everything you need to know about the global energy industry. Sign up here.</p></div>'}, dateline)}<p data-testid="Body" class="sign-off__x">{credit}</p><p data-testid="Body">Our Standards: <a>The Thomson Reuters Trust Principles.</a><span>, opens new tab</span></p></div></div><div class="toolbar"><ul><li>Suggested Topics:</li><li>Energy</li></ul><button>Purchase Licensing Rights</button></div></article>
<section><h2>Read Next</h2>{cards(f, 6, "media-story-card")}</section></main><footer>Latest Home Authors Topic Sitemap Browse World Business © 2023 Reuters. All rights reserved</footer></div></body></html>""",
        published=f.iso("second", "+00:00"),
        authors=f.authors,
        editors=f.editors,
        publisher="Reuters",
        dateline=dateline,
        furniture=("Our Standards:", "Sign up here", "Advertisement · Scroll", "Suggested Topics", "Purchase Licensing", "Read Next", "Updated 5 hours ago", credit, *f.headlines[-6:]),
        neutral=(f"{a.caption} REUTERS/Jo Bloggs/File Photo Acquire Licensing Rights", credit),
    )  # fmt: skip


def bbc(a: Article, f: Facts) -> Draft:
    wrap = '<div data-component="text-block" class="sc-18fde0d6-0"><p class="sc-eb7bd5f6-0">{}</p></div>'
    return Draft(
        url=f"https://www.bbc.co.uk/news/technology-{f.number}",
        html=f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"/><title>{escape(a.title)} - BBC News</title><meta property="og:title" content="{escape(a.title)}"/>{scripts(50)}</head><body><div id="__next"><nav>{links(f, 18, "nav")}</nav><main id="main-content"><article><header data-component="headline-block"><h1 class="sc-518485e5-0">{escape(a.title)}</h1></header><div data-component="byline-block"><div><time datetime="{f.iso("second", "Z")}">{f.date("{d} %B %Y")}</time><div data-testid="byline-new-contributors"><span>{f.authors[0]}</span><span>Technology reporter</span></div><button>Share</button><button>Save</button></div></div><div data-component="image-block">{_figure(a, "")}<span>Getty Images</span></div>
{body(a, {"p": wrap, "quote": wrap, "h": '<div data-component="subheadline-block"><h2 class="sc-518485e5-0">{}</h2></div>', "lead": wrap.replace("{}", "<b>{}</b>"), "ul": '<div data-component="unordered-list-block"><ul>{}</ul></div>'}, {4: '<div data-component="links-block"><p>' + f.headlines[0] + "</p><p>" + f.headlines[1] + "</p></div>"})}<div data-component="text-block"><p><i>Get our flagship newsletter with all the headlines you need to start the day. Sign up here.</i></p></div><div data-component="tags"><a>Energy</a><a>Engineering</a></div></article><section data-component="related"><h2>Related</h2>{cards(f, 6, "card", "21 hrs ago")}</section><section>More from the BBC {cards(f, 6, "card2", "Watch")}</section></main><footer>Copyright © 2023 BBC. The BBC is not responsible for the content of external sites.</footer></div></body></html>""",
        published=f.iso("second", "+00:00"),
        authors=f.authors[:1],
        furniture=("Technology reporter", "Get our flagship newsletter", "21 hrs ago", "More from the BBC", "Getty Images", f.headlines[0], f.headlines[1], "not responsible for the content"),
        neutral=(str(a.caption),),
    )  # fmt: skip


def townnews(a: Article, f: Facts) -> Draft:
    return Draft(
        url=f"https://www.harbortribune.test/news/local/article_{f.number:08x}.html",
        html=f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(a.title)} | Local News | harbortribune.test</title><meta property="og:title" content="{escape(a.title)}"><meta name="author" content="{escape(f.authors[0])} Harbor Tribune staff">{scripts(60)}</head><body><div id="site-container"><header>{links(f, 24, "nav")}</header><article id="asset-1" class="asset story"><h1 class="headline"><span itemprop="headline">{escape(a.title)}</span></h1><div class="meta"><ul class="list-inline"><li><span itemprop="author" class="tnt-byline">By {_names(f).upper()} Harbor Tribune</span></li><li><time datetime="{f.at.strftime("%Y-%m-%dT%H:%M:%S-05:00")}" class="tnt-date asset-date">{f.date("%b {d}, %Y")}</time></li></ul></div><div class="social-share-links">Facebook Twitter Email Print Save</div><div class="photo"><img><div class="caption-text">{a.caption or ""}</div></div>
<div class="asset-content subscriber-premium"><div itemprop="articleBody" id="article-body" class="asset-body">{body(a, {"p": '<div class="subscriber-only"><p>{}</p></div>'}, {2: '<div class="tnt-ads"><p>Advertisement</p></div>', 4: '<div class="tncms-block emfl"><h3>Get local news delivered to your inbox!</h3><p>Subscribe to our Daily Headlines newsletter.</p></div>'})}<p><i>Contact {f.authors[0]} at 555-0142 or newsroom@harbortribune.test.</i></p></div></div><div class="asset-tagline">Be the first to know. Get local news delivered to your inbox! Sign up! * I understand and agree that registration on or use of this site constitutes agreement to its user agreement and privacy policy.</div></article><aside><h3>Most Popular</h3>{links(f, 10, "pop")}<h3>Watch Now: Related Video</h3></aside></div><footer>© Copyright 2023 Harbor Tribune | Terms of Use | Privacy Policy</footer></body></html>""",
        published=f.at.strftime("%Y-%m-%dT%H:%M:%S-05:00"),
        authors=f.authors,
        furniture=("Get local news delivered", "Subscribe to our Daily", "Advertisement", "user agreement", "Most Popular", *f.headlines[:8]),
        neutral=(str(a.caption), f"Contact {f.authors[0]} at 555-0142 or newsroom@harbortribune.test."),
    )  # fmt: skip


def prwire(a: Article, f: Facts) -> Draft:
    dateline = f"SAN FRANCISCO, {f.date('%B {d}, %Y')} /PRNewswire/ -- "
    return Draft(
        url=f"https://www.prnewswire.com/news-releases/{a.key}-{f.number}.html",
        html=f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"/><title>{escape(a.title)}</title><meta property="og:title" content="{escape(a.title)}"><meta name="date" content="{f.at.strftime("%Y-%m-%dT%H:%M:%S-05:00")}"><meta name="author" content="Brightwell Labs">{scripts(30)}</head><body><header>{links(f, 20, "nav")}</header><main><article class="news-release"><header class="release-header"><h1>{escape(a.title)}</h1><div class="meta"><p>NEWS PROVIDED BY</p><a><strong>Brightwell Labs</strong></a><p class="mb-no">{f.date("%b %d, %Y, %H:%M")} ET</p></div><div>Share this article</div></header><section class="release-body container"><div class="row"><div class="col-lg-10">{body(a, {"h": "<p><b>{}</b></p>"}, {3: '<div class="inline-gallery"><p>Continue Reading</p></div>'}, dateline)}<p>SOURCE Brightwell Labs</p></div></div></section><div class="cta">WANT YOUR COMPANY'S NEWS FEATURED ON PRNEWSWIRE.COM? 440k+ Newsrooms &amp; Influencers</div></article><section>Also from this source {cards(f, 3, "card", "More Releases From This Source")}</section></main><footer>Contact PR Newswire 888-776-0942 from 8 AM - 9 PM ET Copyright © 2023 Cision US Inc.</footer></body></html>""",
        published=f.at.strftime("%Y-%m-%dT%H:%M:%S-05:00"),
        authors=None,
        source="Brightwell Labs",
        dateline=dateline,
        furniture=("NEWS PROVIDED BY", "Share this article", "Continue Reading", "WANT YOUR COMPANY", "SOURCE Brightwell", "More Releases From", "Contact PR Newswire"),
    )  # fmt: skip


def next_blog(a: Article, f: Facts) -> Draft:
    contents = "".join(f'<li><a href="#h">{escape(b.lines[0])}</a></li>' for b in a.blocks if b.kind == "h")
    return Draft(
        url=f"https://blog.lin.test/posts/{a.key}",
        html=f"""<!DOCTYPE html><html lang="en"><head><meta charSet="utf-8"/><title>{escape(a.title)}</title><meta name="viewport" content="width=device-width"/>{scripts(20)}</head><body><div id="__next"><header class="flex"><a href="/">{f.authors[0]}</a><nav><a>Blog</a><a>Projects</a><a>About</a></nav></header><main class="mx-auto max-w-3xl"><h1 class="text-4xl font-bold">{escape(a.title)}</h1><div class="mt-2 text-gray-500"><span>{f.authors[0]}</span> / <time>{f.date("%B {d}, %Y")}</time><span>6 min read</span><span>{f.number % 9999} views</span></div><aside class="toc"><p>Table of contents</p><ul>{contents}</ul></aside>
<div class="prose dark:prose-dark">{body(a, {"h": '<h2 id="h"><a class="anchor" aria-hidden="true" href="#h"><span class="icon">#</span></a>{}</h2>'}, {2: _figure(a, "")})}</div><div class="mt-8"><a>Discuss on Twitter</a> • <a>Edit on GitHub</a></div><form class="border"><p>Subscribe to the newsletter</p><p>Get emails from me about web development, tech, and early access to new articles.</p></form></main><footer>© 2023 {f.authors[0]}. Made with Next.js</footer></div><script id="__NEXT_DATA__" type="application/json">{json_text({"props": {"pageProps": {"slug": a.key, "title": a.title}}})}</script></body></html>""",
        published=f.iso("day"),
        authors=f.authors[:1],
        furniture=("Table of contents", "min read", "Discuss on Twitter", "Subscribe to the newsletter", "Get emails from me", "Made with Next.js"),
        neutral=(str(a.caption),),
    )  # fmt: skip


def company(a: Article, f: Facts) -> Draft:
    return Draft(
        url=f"https://lantern.test/index/{a.key}",
        html=f"""<!DOCTYPE html><html lang="en-US"><head><meta charset="utf-8"/><title>{escape(a.title)} | Lantern AI</title><meta property="og:title" content="{escape(a.title)}"/><meta property="og:site_name" content="Lantern AI"/>{scripts(50)}</head><body><div><header><a>Lantern AI</a>{links(f, 14, "nav")}<button>Try Lantern</button></header><main><article class="min-h-screen"><div class="grid"><div class="flex gap-5"><p class="text-meta">{f.date("%B {d}, %Y")}</p><a>Product</a><a>Release</a></div><h1 class="text-h2 text-center">{escape(a.title)}</h1><p class="text-p1 text-center">{a.deck or ""}</p><div><a>Try in the playground</a><a>Read the system card</a></div><button>Listen to article 6:12</button><button>Share</button></div>
<div class="prose">{body(a, {"p": '<div class="max-w-container"><p class="mb-sm last:mb-0"><span>{}</span></p></div>', "h": '<div><h2 class="text-h4"><span>{}</span></h2></div>', "li": "<li><span>{}</span></li>"}, {1: _figure(a, "")})}</div><section id="citations"><ul class="tags"><li><a>2023</a></li><li><a>API Platform</a></li></ul><h2>Authors</h2><p>{", ".join(f.authors)}</p><h2>Footnotes</h2></section></article><section><h2>Keep reading</h2><a>View all</a>{cards(f, 3, "card", "Product")}</section></main><footer>Our Research Research Index Latest Advancements Terms & Policies Lantern AI © 2015–2023 Manage Cookies</footer></div></body></html>""",
        published=f.iso("day"),
        authors=f.authors,
        publisher="Lantern AI",
        furniture=("Listen to article", "Keep reading", "View all", "Manage Cookies", "Read the system card", "Try in the playground", "API Platform", *f.headlines[-3:]),
        neutral=(str(a.deck), str(a.caption), "Authors", ", ".join(f.authors), "Footnotes"),
    )  # fmt: skip


def gov_uk(a: Article, f: Facts) -> Draft:
    return Draft(
        url=f"https://www.gov.uk/government/publications/{a.key}/{a.key}",
        html=f"""<!DOCTYPE html><html lang="en" class="govuk-template"><head><meta charset="utf-8"><title>{escape(a.title)} - GOV.UK</title><meta name="govuk:first-published-at" content="{f.iso("second", "+00:00")}"><meta name="govuk:updated-at" content="{f.iso("second", "+00:00")}">{scripts(20)}</head><body class="govuk-template__body"><div class="gem-c-cookie-banner"><h2>Cookies on GOV.UK</h2><p>We use some essential cookies to make this website work. We’d like to set additional cookies to understand how you use GOV.UK, remember your settings and improve government services.</p></div><header>{links(f, 18, "nav")}</header><div id="wrapper"><div class="gem-c-breadcrumbs">Home Business and industry</div><main role="main" id="content"><span class="govuk-caption-xl">Guidance</span><h1 class="gem-c-title__text">{escape(a.title)}</h1><div class="gem-c-metadata"><dl><dt>From:</dt><dd><a>Department for Products</a></dd><dt>Published</dt><dd>{f.date("{d} %B %Y")}</dd></dl></div><div class="gem-c-single-page-notification-button">Get emails about this page</div><nav class="gem-c-contents-list"><h2>Contents</h2><ol>{"".join(f"<li><a>{escape(b.lines[0])}</a></li>" for b in a.blocks if b.kind == "h")}</ol></nav><button>Print this page</button>
<div class="gem-c-govspeak govuk-govspeak"><div class="govspeak">{body(a, {"h": '<h2 id="x">{}</h2>'})}</div></div><div class="gem-c-back-to-top">Back to top</div></main><div class="gem-c-feedback"><h2>Is this page useful?</h2><p>Maybe Yes this page is useful No this page is not useful</p><p>Report a problem with this page</p><p>Don’t include personal or financial information like your National Insurance number or credit card details.</p></div></div><footer>All content is available under the Open Government Licence v3.0, except where otherwise stated © Crown copyright</footer></body></html>""",
        published=f.iso("second", "+00:00"),
        authors=(),
        furniture=("Cookies on GOV.UK", "We use some essential cookies", "Print this page", "Is this page useful", "Get emails about", "National Insurance number", "Open Government Licence", "Contents"),
        neutral=(str(a.deck),),
    )  # fmt: skip


def medium(a: Article, f: Facts) -> Draft:
    data = {
        "@context": "http://schema.org",
        "@type": "NewsArticle",
        "headline": a.title,
        "name": a.title,
        "datePublished": f.at.strftime("%Y-%m-%dT%H:%M:%S.123Z"),
        "author": {"@type": "Person", "name": f.authors[0]},
        "publisher": {"@type": "Organization", "name": "Medium"},
    }
    return Draft(
        url=f"https://medium.com/@writer/{a.key}-{f.number:x}",
        html=f"""<!doctype html><html lang="en"><head><title>{escape(a.title)} | by {f.authors[0]} | Better Notes | {f.date("%b, %Y")} | Medium</title><meta charset="utf-8"/><meta property="og:title" content="{escape(a.title)}"/><meta name="author" content="{escape(f.authors[0])}"/><meta property="article:published_time" content="{f.at.strftime("%Y-%m-%dT%H:%M:%S.123Z")}"/><script type="application/ld+json">{json_text(data)}</script>{scripts(60)}</head><body><div id="root"><div class="a b c"><div>Open in app</div><div>Sign up</div><div>Sign in</div><div>Write</div></div><div><article><div class="ab ca"><section><div><div class="ch bg fw"><div><h1 data-testid="storyTitle" class="pw-post-title">{escape(a.title)}</h1><div class="speechify-ignore"><div><a data-testid="authorName">{f.authors[0]}</a><span>·</span><a>Follow</a></div><div>Published in <a>Better Notes</a> <span>·</span> <span data-testid="storyReadTime">5 min read</span> · <span data-testid="storyPublishDate">{f.date("%b {d}, %Y")}</span></div></div><div class="speechify-ignore"><span>{f.number % 300}</span><span>Listen</span><span>Share</span></div></div>
{body(a, {"p": '<p id="d1" class="pw-post-body-paragraph na nb">{}</p>', "h": '<h1 id="x" class="nv nw">{}</h1>', "li": '<li id="l1" class="na nb">{}</li>', "quote": '<blockquote class="oz"><p class="na nb">{}</p></blockquote>'}, {1: '<figure class="nz"><div role="button" tabindex="0">Press enter or click to view image in full size<img></div><figcaption>' + str(a.caption) + "</figcaption></figure>"})}</div></div></section></div></article><div class="ab"><div>Writing</div><div>Business</div></div><div><h2>Written by {f.authors[0]}</h2><p>2.3K Followers</p><p>Editor of Better Notes. I write about work, bread and weather.</p></div><div><h2>More from {f.authors[0]} and Better Notes</h2>{cards(f, 4, "card", "Or: what I learned from failing twice")}</div><div><h2>Recommended from Medium</h2>{cards(f, 6, "card2", "A practical guide")}</div><div>Help Status About Careers Privacy Terms Text to speech Teams</div></div></div></body></html>""",
        published=f.iso("second", "+00:00"),
        authors=f.authors[:1],
        furniture=("min read", "Press enter or click", "2.3K Followers", "Recommended from Medium", "Or: what I learned", "Open in app", "Published in", "Editor of Better Notes"),
        neutral=(str(a.caption),),
    )  # fmt: skip


def github(a: Article, f: Facts) -> Draft:
    version = a.title.removeprefix("Release ")
    return Draft(
        url=f"https://github.com/norrin/launchpad/releases/tag/{version}",
        title=a.title,
        html=f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Release {a.title} · norrin/launchpad · GitHub</title><meta property="og:title" content="{a.title} · norrin/launchpad"><meta property="og:site_name" content="GitHub"><meta property="og:description" content="{escape(a.lines[0][:80])}">{scripts(40)}</head><body class="logged-out"><a class="sr-only">Skip to content</a><header class="HeaderMktg">Product Solutions Open Source Pricing Search or jump to... Sign in Sign up</header><div id="repository-container-header"><strong><a>norrin/launchpad</a></strong> Public Notifications Fork {f.number % 99} Star {f.number % 999}</div><nav>Code Issues 31 Pull requests 4 Actions Security Insights</nav><turbo-frame id="repo-content-turbo-frame"><nav aria-label="Breadcrumb"><ol><li>Releases</li><li>{version}</li></ol></nav>
<div data-view-component="true" class="Box"><div class="Box-body"><div class="d-flex"><h1 data-view-component="true" class="d-inline mr-3">{a.title}</h1><span class="Label Label--success">Latest</span></div><div class="mb-3"><span class="text-bold">{f.authors[0].split()[0].lower()}</span> released this <relative-time datetime="{f.at.strftime("%Y-%m-%dT%H:%M:%SZ")}">{f.date("%d %b %H:%M")}</relative-time> <a><code>a1b2c3d</code></a> This commit was created on GitHub.com and signed with GitHub’s verified signature.</div><div data-test-selector="body-content" class="markdown-body my-3">{body(a)}</div></div><div class="Box-footer"><details open><summary>Assets 4</summary><ul><li>launchpad-{version}.tar.gz 1.2 MB</li><li>Source code (zip)</li><li>Source code (tar.gz)</li></ul></details><div>👍 12 ❤️ 4 14 people reacted</div></div></div></turbo-frame><footer>© 2023 GitHub, Inc. Terms Privacy Security Status Docs You can’t perform that action at this time.</footer></body></html>""",
        published=f.iso("second", "+00:00"),
        authors=None,
        furniture=("released this", "Source code (zip)", "people reacted", "Assets 4", "Skip to content", "can’t perform that action", "This commit was created"),
    )  # fmt: skip


def ghost_jsonld(a: Article, f: Facts) -> Draft:
    """Render a Ghost-like magazine: only JSON-LD has the date, the deck is the first bold paragraph."""
    data = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "Northern Ledger"},
            {
                "@type": "Article",
                "headline": a.title,
                "datePublished": f.iso("second", ".000Z"),
                "dateModified": f.at.strftime("%Y-%m-%dT23:59:00.000Z"),
                "author": {"@type": "Person", "name": f.authors[0]},
            },
        ],
    }
    more = (
        '<div class="kg-card kg-bookmark-card"><a class="kg-bookmark-container"><div class="kg-bookmark-title">'
        + f.headlines[0]
        + '</div><div class="kg-bookmark-description">A bookmark that readers can open.</div></a></div>'
    )
    return Draft(
        url=f"https://northernledger.test/{a.key}/",
        html=f"""<!DOCTYPE html><html lang="en"><head><title>{escape(a.title)}</title><meta charset="utf-8"><meta property="og:site_name" content="Northern Ledger"><script type="application/ld+json">{json_text(data)}</script>{scripts(20)}</head><body class="post-template"><div class="gh-site"><header class="gh-head">{links(f, 6, "nav")}</header><main class="gh-main"><article class="gh-article post"><header class="gh-article-header"><a class="gh-article-tag">Energy</a><h1 class="gh-article-title">{escape(a.title)}</h1><aside class="gh-article-sidebar"><div class="gh-author-name-list">{f.authors[0]}</div><div class="gh-article-meta-content">{f.date("%d %b %Y")} — 4 min read</div></aside></header><div class="gh-content gh-canvas">{body(a, {"quote": "<blockquote>{}</blockquote>"}, {1: '<figure class="kg-card kg-image-card kg-card-hascaption"><img><figcaption>' + str(a.caption) + "</figcaption></figure>", 4: more})}<hr><p><em>Enjoyed this story? Forward it to a friend, or <a href="/s">subscribe</a> to get the next one by email.</em></p></div></article><section class="gh-cta"><h4>Sign up for more like this.</h4><form>Enter your email Subscribe</form></section><section class="gh-readmore">{cards(f, 3, "post-card", "Paid members only")}</section></main><footer>Northern Ledger © 2023 Powered by Ghost</footer></div></body></html>""",
        published=f.iso("second", "+00:00"),
        authors=f.authors[:1],
        publisher="Northern Ledger",
        furniture=("Enjoyed this story?", "Sign up for more like this", "Paid members only", "A bookmark that readers", "Powered by Ghost", "min read"),
        neutral=(str(a.caption),),
    )  # fmt: skip


NOTICES = ("recall", "aiact", "recall", "aiact")
LAYOUTS = (
    Layout(name="wordpress", group="en", render=wordpress),
    Layout(name="substack", menu=0, group="en", render=substack),
    Layout(name="guardian", group="en", render=guardian),
    Layout(name="reuters", group="en", render=reuters),
    Layout(name="bbc", group="en", render=bbc, held_out=True),
    Layout(name="townnews", group="en", render=townnews, held_out=True),
    Layout(name="prwire", group="en", render=prwire, held_out=True),
    Layout(name="next_blog", menu=0, group="en", render=next_blog),
    Layout(name="company", menu=0, group="en", render=company, only=("evalmodel", "whale", "tidal", "aiact")),
    Layout(name="gov_uk", group="en", render=gov_uk, held_out=True, only=NOTICES),
    Layout(name="medium", menu=0, group="en", render=medium, held_out=True),
    Layout(name="github", menu=0, group="en", render=github, only=("launchpad", "launchfix", "launchpad", "launchfix")),
    Layout(name="ghost_jsonld", menu=0, group="en", render=ghost_jsonld),
)
