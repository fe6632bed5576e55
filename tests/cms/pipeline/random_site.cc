#include "tests/cms/pipeline/random_site.h"

#include <iterator>
#include <random>

namespace stet::pipeline {
namespace {

using Files = LiveSite::Files;

class Draw {
 public:
  explicit Draw(std::uint32_t number) : engine_(number) {}

  std::size_t below(std::size_t end) { return engine_() % end; }
  bool once_in(std::size_t times) { return below(times) == 0; }
  template <typename List>
  std::string one_of(const List& list) {
    return std::begin(list)[below(std::size(list))];
  }

 private:
  std::minstd_rand engine_;
};

constexpr const char* kWords[] = {"red", "blue", "green", "one", "two", "x y", "Ünicode"};

// What templates do with a site, each a way to read it.
constexpr const char* kSnippets[] = {
    "{{ page.title }}",
    "{{ site.title }}{{ site.author.name }}{{ site.baseurl }}",
    "{{ site.data.a.b }}",
    "{{ site.data.a }}",
    "{% for d in site.data %}{{ d[0] }}{% endfor %}{{ site.data.nested.b.c }}",
    "{% for row in site.data.table %}{{ row.name }}{% endfor %}{{ site.data.menu.a }}",
    "{{ site.posts.size }}",
    "{{ site.posts.first.title }}",
    "{{ site.posts.last.url }}",
    "{% for p in site.posts limit:2 %}{{ p.title }}{{ p.excerpt }}{% endfor %}",
    "{% for p in site.posts offset:1 limit:2 %}{{ p.content }}{% endfor %}",
    "{% for p in site.posts reversed %}{{ p.date | date: '%d %b %H' }}{% endfor %}",
    "{% for t in site.tags %}{{ t[0] }}{{ t[1].size }}{% endfor %}",
    "{% for p in site.tags.red %}{{ p.title }}{% endfor %}{{ site.tags.blue.size }}",
    "{% for c in site.categories %}{{ c[0] }}{% for p in c[1] %}{{ p.url }}{% endfor %}{% endfor "
    "%}",
    "{% assign s = site.posts | sort: 'title' %}{% for p in s %}{{ p.title }}{% endfor %}",
    "{% assign w = site.posts | where: 'layout', 'base' %}{{ w.size }}",
    "{% assign w = site.posts | where_exp: 'p', 'p.title contains \"e\"' %}{{ w.size }}",
    "{% assign g = site.posts | group_by: 'mood' %}{% for x in g %}{{ x.name }}{{ x.size }}{% "
    "endfor %}",
    "{% assign m = site.posts | map: 'mood' | uniq | sort %}{{ m | join: ' ' }}",
    "{% assign f = site.documents | where: 'mood', page.mood %}{{ f | map: 'id' | join: ' ' }}",
    "{{ page.previous.title }}{{ page.next.url }}",
    "{% include part.html %}",
    "{% include part.html x=page.title %}",
    "{% include deep.html x=page.mood %}",
    "{% include later.html %}",
    "{% include {{ page.mood | slugify }}.html %}",
    "{{ site.pages.size }}{{ site.html_pages.size }}",
    "{% for p in site.pages %}{{ p.url }}{{ p.title }}{% endfor %}",
    "{% assign w = site.pages | where: 'mood', page.mood | sort: 'title' %}{% for p in w %}{{ "
    "p.url "
    "}}{% endfor %}",
    "{% assign w = site.html_pages | where_exp: 'p', 'p.title contains \"e\"' | map: 'url' %}"
    "{{ w | join: ' ' }}",
    "{% assign g = site.pages | group_by: 'layout' %}{% for x in g %}{{ x.name }}{{ x.size }}"
    "{% endfor %}{% assign s = site.pages | sort: 'mood' | reverse %}{{ s.first.url }}",
    "{{ site.time | date: '%M' }}{{ 'now' | date: '%Y' }}",
    "{% for f in site.static_files %}{{ f.path }}{{ f.mood }}{% endfor %}",
    "{% for f in site.static_files %}{{ f.modified_time | date: '%s' }}{% endfor %}",
    "{{ page.last_modified_at | date: '%s' }}{{ page.date | date_to_string }}",
    "{{ site.things.size }}{% for c in site.collections %}{{ c.label }}{{ c.docs.size }}{% endfor "
    "%}",
    "{% for t in site.things %}{{ t.title }}{{ t.content }}{{ t.next.title }}{% endfor %}",
    "{% for t in site.things %}{{ t.date | date: '%H:%M' }}{{ t.output | size }}{% endfor %}",
    "{{ layout.mark }}",
    "{{ page | jsonify | size }}",
    "{{ site.related_posts.first.title }}",
    "{{ paginator.page }}{% for p in paginator.posts %}{{ p.title }}{% endfor %}",
    "{{ paginator.total_pages }}{{ paginator.total_posts }}",
    "{{ paginator.next_page_path }}{{ paginator.previous_page_path }}",
    "{% if paginator %}{{ paginator.posts.size }}{% endif %}",
    "{{ page.redirect.to }}{{ page.type }}",
    "{% for p in page.posts %}{{ p.title }}{% endfor %}",
    "{{ page.session.start }}{{ page.session.room }}{% for s in page.session.speakers %}{{ s.name "
    "}}{% endfor %}",
    "{% for s in page.sessions %}{{ s.title }}{{ s.start }}{% endfor %}",
    "{% for s in site.schedule %}{{ s.title }}{{ s.room }}{% endfor %}",
    "{% post_url 2020-01-01-a %}",
    "{% link static.txt %}",
    "[a](about.md) {% link about.md %}",
    "{{ 1577923200 | date: '%H:%M' }}{{ '/x' | relative_url }}{{ '/y' | absolute_url }}",
    "{% feed_meta %}{% seo %}",
    "{{ 'a *b*' | markdownify }}{{ \"it's\" | smartify }}",
    "{{ site.github.owner_name }}{{ site.missing }}{{ site.show_drafts }}",
    "{{ page.last_modified_at }}{{ page.collection }}{{ page.id }}",
    "{{ site[page.mood] }}{{ site.data[page.mood] | jsonify }}{{ site.data.nested | jsonify }}",
    "{% assign c = site.collections | where: 'label', 'things' | first %}{{ c.files.size }}"
    "{{ c.docs | map: 'relative_path' | join: ' ' }}{{ c.output }}{{ c.order }}",
    "{{ site.tags | map: 'first' | join: ' ' }}{{ site.tags[page.mood].first.content }}",
    "{{ page.next.next.title }}{{ page.previous.content }}{{ page.excerpt }}",
    "{% assign f = site.posts | find: 'mood', 'red' %}{{ f.title }}{{ f.excerpt }}",
    "{% assign w = site.posts | where_exp: 'p', 'p.tags contains page.mood' %}{{ w.size }}",
    "{% assign g = site.posts | group_by_exp: 'p', \"p.date | date: '%Y-%m'\" %}"
    "{% for x in g %}{{ x.name }}{{ x.items | map: 'title' | join }}{% endfor %}",
    "{% assign all = site.posts | concat: site.things %}{{ all | map: 'title' | join }}",
    "{{ site.posts | group_by: 'author' | jsonify | size }}{{ site.posts | first }}",
    "{% for h in page %}{{ h[0] }},{% endfor %}{% for h in layout %}{{ h[0] }}{% endfor %}",
    "{% if site.posts contains page %}in{% endif %}{% if page == site.posts.first %}eq{% endif %}",
    "{{ site.static_files | map: 'collection' | join }}{{ site.docs_to_write | map: 'url' }}",
    "{% for i in (1..site.data.a.c.d) %}{{ i }}{% endfor %}{% include_relative part.txt %}",
};

constexpr const char* kPosts[] = {"_posts/2020-01-01-a.md",
                                  "_posts/2020-01-02-b.md",
                                  "_posts/2020-01-02-c.markdown",
                                  "_posts/deep/2020-01-31-a.md",
                                  "cat/_posts/2020-02-01-d.md",
                                  "_posts/2020-09-13-soon.md",
                                  "_posts/2020-09-15-later.md",
                                  "_drafts/draft.md"};
constexpr const char* kPages[] = {
    "index.html", "about.md", "sub/page.html", "blog/index.html", "404.md", "things.md"};
constexpr const char* kThings[] = {"_things/x.md", "_things/y.md", "_things/deep/z.md"};
constexpr const char* kLayouts[] = {"_layouts/base.html",
                                    "_layouts/outer.html",
                                    "_layouts/page.html",
                                    "_layouts/default.html",
                                    "_layouts/schedule.html",
                                    "_layouts/schedule_day.html",
                                    "_layouts/schedule_room.html",
                                    "_themes/mini/_layouts/base.html",
                                    "_themes/mini/_layouts/fancy.html"};
constexpr const char* kIncludes[] = {"_includes/part.html",
                                     "_includes/deep.html",
                                     "_includes/later.html",
                                     "_includes/red.html",
                                     "_themes/mini/_includes/part.html",
                                     "_themes/mini/_includes/later.html"};
constexpr const char* kStatics[] = {"static.txt",
                                    "img/a.svg",
                                    "paper.pdf",
                                    "_things/pic.svg",
                                    "feed.xslt.xml",
                                    "sitemap.xsl",
                                    "robots.txt",
                                    "css/main.css",
                                    "tag/red/index.html",
                                    "_themes/mini/assets/theme.css",
                                    "_themes/mini/README.md"};
constexpr const char* kPlain[] = {"README.md", "sub/README.md", "plain.md", "_things/plain.md"};

std::string body(Draw& draw) {
  std::string text = "Lead *text*.\n\n";
  if (draw.once_in(6)) text = "Line\n</b> closes nothing.\n\n";  // a problem with its line
  for (std::size_t i = draw.below(4); i > 0; --i) text += draw.one_of(kSnippets) + "\n\n";
  return text;
}

constexpr const char* kFields[] = {"hidden: true\n",
                                   "permalink: /fixed/\n",
                                   "redirect_from: [/old/, /index.html]\n",
                                   "redirect_from: /fixed/\n",
                                   "redirect_to: https://else.example/\n",
                                   "published: false\n",
                                   "date: 2020-09-13 13:00:00\n",
                                   "date: 2020-03-04 05:06:07 +0900\n",
                                   "excerpt: Own.\n",
                                   "sitemap: false\n",
                                   "category: cat\n",
                                   "order: 2\n",
                                   "slug: other\n",
                                   "render_with_liquid: false\n",
                                   "last_modified_at: 2020-05-05\n"};
constexpr const char* kLayoutNames[] = {"base", "outer", "missing", "fancy", "none"};

std::string front_matter(Draw& draw) {
  std::string text = "---\n";
  if (!draw.once_in(5)) text += "title: " + draw.one_of(kWords) + "\n";
  text += "mood: " + draw.one_of(kWords) + "\n";
  if (draw.once_in(2)) text += "tags: [" + draw.one_of(kWords) + ", " + draw.one_of(kWords) + "]\n";
  if (!draw.once_in(3)) text += "layout: " + draw.one_of(kLayoutNames) + "\n";
  while (draw.once_in(3)) text += draw.one_of(kFields);
  return text + "---\n";
}

std::string session(Draw& draw, const std::string& title) {
  std::string hour = std::to_string(10 + draw.below(3));
  return "---\ntitle: " + title + "\nstart: 2020-09-1" + std::to_string(4 + draw.below(2)) + "T" +
         hour + ":00\nend: 2020-09-15T" + hour +
         ":30\nroom: " + draw.one_of(std::initializer_list<const char*>{"Net Loft", "Side"}) +
         "\nspeakers: [p1]\n---\n" + body(draw);
}

std::string event(Draw& draw) {
  constexpr const char* kZones[] = {"America/Halifax", "Asia/Tokyo", "UTC"};
  constexpr const char* kRooms[] = {
      "[Net Loft, Side]", "[Side]", "[{name: Side}, {name: Net Loft}]"};
  return "title: " + draw.one_of(kWords) + "\ntime_zone: " + draw.one_of(kZones) +
         "\nrooms: " + draw.one_of(kRooms) + "\nstart: 2020-09-14\n";
}

std::string data(Draw& draw, const std::string& path) {
  std::string word = draw.one_of(kWords);
  if (path.ends_with(".csv")) return "name,size\n" + word + ",1\n";
  if (path.ends_with(".json")) return "{\"c\": \"" + word + "\", \"d\": {\"e\": 1}}\n";
  return draw.once_in(4) ? "[" + word + ", 2]\n" : "b: " + word + "\nc: {d: 1}\n";
}

constexpr const char* kSettings[] = {
    "permalink: /:categories/:title/\n",
    "permalink: pretty\n",
    "future: true\n",
    "unpublished: true\n",
    "show_drafts: true\n",
    "timezone: Asia/Tokyo\n",
    "theme: mini\n",
    "stet: {theme: default}\n",
    "baseurl: /base\n",
    "exclude: [static.txt, sub]\n",
    "limit_posts: 2\n",
    "excerpt_separator: text\n",
    "author: {name: N, city: C}\n",
    "defaults: [{scope: {path: '', type: posts}, values: {mood: calm, layout: base}}]\n",
    "defaults: [{scope: {path: 'img'}, values: {mood: calm}}]\n",
    "defaults: [{scope: {path: ''}, values: {layout: outer, author: ann}}]\n",
    "layouts_dir: _themes/mini/_layouts\n",
    "repository: some/body\n",
    "sass: {style: compressed}\n",
    "sass: {sourcemap: never}\n",
    "kramdown: {auto_ids: false}\n",
    "markdown: CommonMark\n",
    "markdown_ext: md\n",
    "show_excerpts: false\n",
    "feed: {excerpt_only: true}\n",
    "collections_dir: ''\n",
    "github: [metadata]\n",
    "lang: en\n",
    "data_dir: _other\n",
    "unread: 1\n",
};
constexpr const char* kPlugins[] = {"jekyll-feed",
                                    "jekyll-sitemap",
                                    "jekyll-paginate",
                                    "jekyll-redirect-from",
                                    "jekyll-archives",
                                    "jekyll-seo-tag",
                                    "jekyll-titles-from-headings",
                                    "jekyll-readme-index",
                                    "jekyll-default-layout",
                                    "jekyll-relative-links",
                                    "jekyll-optional-front-matter",
                                    "jekyll-last-modified-at",
                                    "jekyll-github-metadata"};
constexpr const char* kCollections[] = {"{output: true}",
                                        "{output: true}",
                                        "{output: false}",
                                        "{output: true, sort_by: order}",
                                        "{output: true, order: [y.md, x.md]}",
                                        "{output: true, permalink: /t/:title/}"};

std::string config(Draw& draw) {
  std::string text = "title: " + draw.one_of(kWords) + "\nplugins: [jekyll-seo-tag, jekyll-feed";
  for (const char* plugin : kPlugins) {
    if (!draw.once_in(4)) text += ", " + std::string(plugin);
  }
  text += "]\npaginate: 2\nfeed: {tags: true}\n";
  text += "jekyll-archives: {enabled: all, layout: base}\n";
  if (!draw.once_in(8)) {
    text += "collections: {things: " + draw.one_of(kCollections);
    text += draw.once_in(4) ? ", more: {output: true}}\n" : "}\n";
  }
  while (draw.once_in(2)) text += draw.one_of(kSettings);
  return text;
}

std::string sheet(Draw& draw) {
  constexpr const char* kSheets[] = {"---\n---\n@import 'colours';\na { color: $main }\n",
                                     "---\n---\na { color: {{ site.colour | default: 'red' }} }\n"};
  return draw.one_of(kSheets);
}

using Drawn = std::pair<std::string, std::string>;

Drawn document(Draw& draw, std::string path) {
  std::string text = front_matter(draw);
  return {std::move(path), text + body(draw)};
}

Drawn layout(Draw& draw) {
  std::string path = draw.one_of(kLayouts);
  std::string inside = draw.once_in(3)
                           ? "{% for d in page.schedule.days %}{{ d.title }}{% for s in "
                             "d.sessions %}{{ s.title }}{{ s.start }}{{ s.place }}{{ s.day_url }}"
                             "{% endfor %}{% endfor %}{{ page.schedule.tabs | jsonify }}"
                           : draw.one_of(kSnippets);
  std::string head = path.ends_with("outer.html")
                         ? "---\nlayout: base\nmark: " + draw.one_of(kWords) + "\n---\n"
                         : "";
  return {path, head + inside + "<i>{{ content }}</i>"};
}

Drawn include(Draw& draw) {
  std::string path = draw.one_of(kIncludes);
  if (path.ends_with("deep.html")) return {path, "({% include part.html x=include.x %})"};
  return {path,
          "[" + draw.one_of(kWords) + "{{ include.x }}" +
              (draw.once_in(3) ? "{{ site.posts.size }}" : "") + "]"};
}

Drawn rare(Draw& draw) {
  constexpr const char* kData[] = {"_data/a.yml",
                                   "_data/nested/b.json",
                                   "_data/table.csv",
                                   "_data/a.json",
                                   "_other/a.yml",
                                   "_themes/mini/_data/menu.yml",
                                   "_themes/mini/_data/a.yml"};
  switch (draw.below(7)) {
    case 0: {
      std::string path = draw.one_of(kData);
      return {path, data(draw, path)};
    }
    case 1: return {"_data/event.yml", event(draw)};
    case 2: return {draw.one_of(kStatics), draw.one_of(kWords)};
    case 3: return {draw.one_of(kPlain), "# " + draw.one_of(kWords) + "\n\n[a](about.md)\n"};
    case 4: return {"css/main.scss", sheet(draw)};
    case 5: return {"_sass/_colours.scss", draw.once_in(2) ? "$main: tan;\n" : "$main: teal;\n"};
    default:
      return draw.once_in(2) ? document(draw, "_speakers/p1.md")
                             : Drawn("_schedule/s" + std::to_string(draw.below(2)) + ".md",
                                     session(draw, draw.one_of(kWords)));
  }
}

Drawn file(Draw& draw) {
  switch (draw.below(12)) {
    case 0:
    case 1:
    case 2: return document(draw, draw.one_of(kPosts));
    case 3:
    case 4: return document(draw, draw.one_of(kPages));
    case 5: return document(draw, draw.one_of(kThings));
    case 6: return layout(draw);
    case 7: return include(draw);
    case 8: return {"_config.yml", config(draw)};
    default: return rare(draw);
  }
}

// A version more than there are, or one less, or none.
std::string releases(Draw& draw, const Files& known) {
  auto now = known.find("_data/schedule_releases.yml");
  std::string text = now == known.end() ? "" : now->second.value_or("");
  if (draw.once_in(12)) return "";
  if (draw.once_in(8) && !text.empty()) {
    text.pop_back();
    return text.substr(0, text.rfind('\n') + 1);
  }
  return text + "- {version: '" + std::to_string(draw.below(1'000'000)) + "'}\n";
}

constexpr char kHeldBack[] = "stet: {theme: default, schedule: {public: released}}\n";

Drawn program_file(Draw& draw, std::uint32_t number, const Files& known) {
  switch (draw.below(10)) {
    case 0: return {"_data/event.yml", event(draw)};
    case 1: return document(draw, "_speakers/p1.md");
    case 2:
    case 3: return {"_data/schedule_releases.yml", releases(draw, known)};
    case 4:
      return {"_config.yml",
              config(draw) + (draw.once_in(4) ? "stet: {theme: default}\n" : kHeldBack)};
    case 5: return file(draw);
    default:
      return {"_schedule/s" + std::to_string(draw.below(4)) + ".md",
              session(draw, "word" + std::to_string(number) + "x")};
  }
}

std::string known_path(Draw& draw, const Files& known) {
  return std::next(known.begin(), static_cast<std::ptrdiff_t>(draw.below(known.size())))->first;
}

}  // namespace

LiveSite::Files random_start() {
  Draw draw(1);
  return {{"_config.yml",
           "title: t\nplugins: [jekyll-feed, jekyll-sitemap, jekyll-paginate, "
           "jekyll-redirect-from, jekyll-archives, jekyll-seo-tag, jekyll-last-modified-at]\n"
           "paginate: 2\ncollections: {things: {output: true}}\n"
           "jekyll-archives: {enabled: all, layout: base}\n"},
          {"_includes/part.html", "[{{ include.x }}{{ site.posts.size }}]"},
          {"_includes/deep.html", "({% include part.html x=include.x %})"},
          {"_layouts/base.html", "{% seo %}<b>{{ page.title }}</b>{{ content }}"},
          {"_layouts/outer.html", "---\nlayout: base\nmark: m\n---\n<i>{{ content }}</i>"},
          {"_posts/2020-01-01-a.md", "---\ntitle: A\ntags: [red]\n---\nFirst.\n\nMore.\n"},
          {"about.md", "---\nlayout: outer\n---\n{{ site.time | date: '%M' }}\n"},
          {"static.txt", "static"},
          {"index.html", "---\n---\n{{ paginator.posts.size }}{{ paginator.next_page }}"}};
}

LiveSite::Files random_held_back_start() {
  Draw draw(1);
  Files files = random_start();
  files["_config.yml"] = *files["_config.yml"] + kHeldBack;
  files["_data/event.yml"] = event(draw);
  files["_speakers/p1.md"] = "---\ntitle: P\n---\nWho.\n";
  files["_schedule/s0.md"] = session(draw, "word0x");
  files["about.md"] =
      "---\n---\n{% for s in site.schedule %}{{ s.title }}{{ s.room }}{% endfor %}"
      "{% for p in site.speakers %}{{ p.title }}{{ p.mood }}{% endfor %}"
      "{{ site.data.event.rooms | jsonify }}\n";
  return files;
}

LiveSite::Files random_program_edit(std::uint32_t number, const LiveSite::Files& known) {
  Draw draw(number + 1);
  Files edit;
  std::string path = known_path(draw, known);
  bool is_of_session = path.starts_with("_schedule/");
  if (is_of_session && draw.once_in(2)) {
    if (draw.once_in(2)) edit["_schedule/renamed.md"] = known.at(path);
    edit[path] = std::nullopt;
    return edit;
  }
  for (std::size_t i = 1 + draw.below(3); i > 0; --i) {
    auto [to, content] = program_file(draw, number, known);
    edit[to] = content;
  }
  return edit;
}

LiveSite::Files random_edit(std::uint32_t number, const LiveSite::Files& known) {
  Draw draw(number + 1);
  Files edit;
  if (!known.empty() && draw.once_in(6)) {
    edit[known_path(draw, known)] = std::nullopt;
    return edit;
  }
  if (!known.empty() && draw.once_in(8)) {
    std::string from = known_path(draw, known);
    std::string to = file(draw).first;
    if (from != to) {
      edit[to] = known.at(from);
      edit[from] = std::nullopt;
      return edit;
    }
  }
  for (std::size_t i = 1 + draw.below(3); i > 0; --i) {
    auto [path, content] = file(draw);
    edit[path] = content;
  }
  return edit;
}

std::int64_t random_seconds(std::uint32_t number) {
  constexpr std::int64_t kSeconds[] = {61, 61, 1800, 3600, 86'400};
  return kSeconds[number % std::size(kSeconds)];
}

void carry_out(const LiveSite::Files& edit, LiveSite::Files& known) {
  for (const auto& [path, content] : edit) {
    if (content) {
      known[path] = content;
    } else {
      known.erase(path);
    }
  }
}

std::string described(const LiveSite::Files& edit) {
  std::string text;
  for (const auto& [path, content] : edit) {
    text += content ? "--- " + path + "\n" + *content + "\n" : "--- " + path + " (deleted)\n";
  }
  return text;
}

}  // namespace stet::pipeline
