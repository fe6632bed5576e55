#include "cms/generate/feed_template.h"

namespace stet::generate {
namespace {

constexpr const char* kHead[] = {
    R"(<?xml version="1.0" encoding="utf-8"?>)",
    R"({% if page.xsl %}<?xml-stylesheet type="text/xml" )",
    R"(href="{{ "/feed.xslt.xml" | absolute_url }}"?>{% endif %})",
    R"(<feed xmlns="http://www.w3.org/2005/Atom" )",
    R"({% if site.lang %}xml:lang="{{ site.lang }}"{% endif %}>)",
    R"({% assign here = page.url | absolute_url %}{% assign home = "/" | absolute_url %})",
    R"(<generator uri="https://jekyllrb.com/" version="{{ jekyll.version }}">Jekyll</generator>)",
    R"(<link href="{{ here }}" rel="self" type="application/atom+xml" />)",
    R"(<link href="{{ home }}" rel="alternate" type="text/html" )",
    R"({% if site.lang %}hreflang="{{ site.lang }}" {% endif %}/>)",
    R"(<updated>{{ site.time | date_to_xmlschema }}</updated><id>{{ here | xml_escape }}</id>)",
    R"({% assign heading = site.title | default: site.name %}{% assign bar = " | " %})",
    R"({% if page.collection != "posts" %}{% assign part = page.collection | capitalize %})",
    R"({% assign heading = heading | append: bar | append: part %}{% endif %})",
    R"({% if page.category %}{% assign part = page.category | capitalize %})",
    R"({% assign heading = heading | append: bar | append: part %}{% endif %})",
    R"({% if heading %})",
    R"(<title type="html">{{ heading | smartify | xml_escape }}</title>{% endif %})",
    R"({% if site.description %})",
    R"(<subtitle>{{ site.description | xml_escape }}</subtitle>{% endif %})",
    R"({% assign owner = site.author %}{% if owner %}<author>)",
    R"(<name>{{ owner.name | default: owner | xml_escape }}</name>)",
    R"({% if owner.email %}<email>{{ owner.email | xml_escape }}</email>{% endif %})",
    R"({% if owner.uri %}<uri>{{ owner.uri | xml_escape }}</uri>{% endif %})",
    R"(</author>{% endif %})",
};

// Lists of posts are newest first: of those no more is looked at than is shown, and the rest of the
// oldest one's moment, whose order the sort decides. So a feed of ten posts has read ten, not all.
constexpr const char* kChoice[] = {
    R"({% assign wanted = site.feed.posts_limit | default: 10 %})",
    R"({% if page.tags %}{% assign found = site.tags[page.tags] %})",
    R"({% else %}{% assign found = site[page.collection] %}{% endif %})",
    R"({% if page.category %}{% assign found = found | where: "categories", page.category %})",
    R"({% elsif found and page.collection == "posts" %})",
    R"({% assign most = wanted | plus: 0 %}{% assign kept = 0 %}{% assign seen = 0 %})",
    R"({% assign oldest = nil %}{% for one in found %})",
    R"({% if kept >= most and one.date != oldest %}{% break %}{% endif %})",
    R"({% assign oldest = one.date %}{% assign seen = seen | plus: 1 %})",
    R"({% if site.show_drafts or one.draft != true %})",
    R"({% assign kept = kept | plus: 1 %}{% endif %}{% endfor %})",
    R"({% assign found = found | slice: 0, seen %}{% endif %})",
    R"({% if found %}{% unless site.show_drafts %})",
    R"({% assign found = found | where_exp: "one", "one.draft != true" %}{% endunless %})",
    R"({% assign found = found | sort: "date" | reverse %}{% endif %})",
};

constexpr const char* kEntryHead[] = {
    R"({% for item in found limit: wanted %})",
    R"(<entry{% if item.lang %} xml:lang="{{ item.lang }}"{% endif %}>)",
    R"({% assign name = item.title | smartify | strip_html | normalize_whitespace | xml_escape %})",
    R"({% assign address = item.url | absolute_url %})",
    R"({% assign changed = item.last_modified_at | default: item.date %})",
    R"(<title type="html">{{ name }}</title>)",
    R"(<link href="{{ address }}" rel="alternate" type="text/html" title="{{ name }}" />)",
    R"(<published>{{ item.date | date_to_xmlschema }}</published>)",
    R"(<updated>{{ changed | date_to_xmlschema }}</updated>)",
    R"(<id>{{ item.id | absolute_url | xml_escape }}</id>)",
    R"({% assign is_short = item.feed.excerpt_only | default: site.feed.excerpt_only %})",
    R"({% unless is_short %}<content type="html" xml:base="{{ address | xml_escape }}">)",
    R"(<![CDATA[{{ item.content | strip }}]]></content>{% endunless %})",
};

constexpr const char* kEntryTail[] = {
    R"({% assign by = item.author | default: item.authors[0] | default: site.author %})",
    R"({% assign by = site.data.authors[by] | default: by %}{% assign called = by.name %})",
    R"({% assign called = called | default: by | default: "" %}<author>)",
    R"(<name>{{ called | xml_escape }}</name>)",
    R"({% assign mail = by.email | default: nil %}{% assign site_of = by.uri | default: nil %})",
    R"({% if mail %}<email>{{ mail | xml_escape }}</email>{% endif %})",
    R"({% if site_of %}<uri>{{ site_of | xml_escape }}</uri>{% endif %}</author>)",
    R"({% if item.category %}<category term="{{ item.category | xml_escape }}" />)",
    R"({% elsif item.categories %}{% for term in item.categories %})",
    R"(<category term="{{ term | xml_escape }}" />{% endfor %}{% endif %})",
    R"({% for term in item.tags %}<category term="{{ term | xml_escape }}" />{% endfor %})",
    R"({% assign brief = item.description | default: item.excerpt %})",
    R"({% if brief and brief != empty %}<summary type="html">)",
    R"(<![CDATA[{{ brief | strip_html | normalize_whitespace }}]]></summary>{% endif %})",
    R"({% assign picture = item.image.path | default: item.image %}{% if picture %})",
    R"({% unless picture contains "://" %}{% assign picture = picture | absolute_url %})",
    R"({% endunless %}{% assign picture = picture | xml_escape %})",
    R"(<media:thumbnail xmlns:media="http://search.yahoo.com/mrss/" url="{{ picture }}" />)",
    R"(<media:content medium="image" url="{{ picture }}" )",
    R"(xmlns:media="http://search.yahoo.com/mrss/" />{% endif %}</entry>{% endfor %}</feed>)",
};

template <std::size_t N>
void append(std::string& text, const char* const (&lines)[N]) {
  for (const char* line : lines) text += line;
}

}  // namespace

std::string feed_template() {
  std::string text;
  append(text, kHead);
  append(text, kChoice);
  append(text, kEntryHead);
  append(text, kEntryTail);
  return text;
}

}  // namespace stet::generate
