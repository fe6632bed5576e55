// For any site and any edits: what is live equals a build from nothing, byte for byte.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/cms/pipeline/live_site.h"

namespace stet::pipeline {
namespace {

using Files = LiveSite::Files;

rc::Gen<std::string> word() {
  return rc::gen::element<std::string>("red", "blue", "green", "one", "two", "x y", "Ünicode");
}

std::string joined(const std::vector<std::string>& parts, const std::string& separator) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : separator) + part;
  return text;
}

// What templates do with a site, each a way to read it.
rc::Gen<std::string> snippet() {
  return rc::gen::element<std::string>(
      "{{ page.title }}",
      "{{ site.title }}",
      "{{ site.data.a.b }}",
      "{{ site.data.a }}",
      "{{ site.posts.size }}",
      "{{ site.posts.first.title }}",
      "{{ site.posts.last.url }}",
      "{% for p in site.posts limit:2 %}{{ p.title }}{{ p.excerpt }}{% endfor %}",
      "{% for p in site.posts offset:1 limit:2 %}{{ p.content }}{% endfor %}",
      "{% for p in site.posts reversed %}{{ p.date | date: '%d' }}{% endfor %}",
      "{% for t in site.tags %}{{ t[0] }}{{ t[1].size }}{% endfor %}",
      "{% for p in site.tags.red %}{{ p.title }}{% endfor %}",
      "{% for c in site.categories %}{{ c[0] }}{% for p in c[1] %}{{ p.url }}{% endfor %}{% endfor "
      "%}",
      "{% assign s = site.posts | sort: 'title' %}{% for p in s %}{{ p.title }}{% endfor %}",
      "{% assign w = site.posts | where: 'layout', 'base' %}{{ w.size }}",
      "{% assign w = site.posts | where_exp: 'p', 'p.title contains \"e\"' %}{{ w.size }}",
      "{% assign g = site.posts | group_by: 'mood' %}{% for x in g %}{{ x.name }}{{ x.size }}{% "
      "endfor %}",
      "{{ page.previous.title }}{{ page.next.url }}",
      "{% include part.html %}",
      "{% include part.html x=page.title %}",
      "{{ site.pages.size }}",
      "{% for p in site.pages %}{{ p.url }}{% endfor %}",
      "{{ site.time | date: '%M' }}",
      "{% for f in site.static_files %}{{ f.path }}{% endfor %}",
      "{{ site.things.size }}",
      "{% for t in site.things %}{{ t.title }}{{ t.content }}{{ t.next.title }}{% endfor %}",
      "{{ layout.mark }}",
      "{{ page | jsonify | size }}",
      "{{ site.related_posts.first.title }}",
      "{{ paginator.page }}{% for p in paginator.posts %}{{ p.title }}{% endfor %}",
      "{{ paginator.total_pages }}{{ paginator.total_posts }}",
      "{{ paginator.next_page_path }}{{ paginator.previous_page_path }}",
      "{% if paginator %}{{ paginator.posts.size }}{% endif %}",
      "{{ page.redirect.to }}{{ page.type }}",
      "{% for p in page.posts %}{{ p.title }}{% endfor %}");
}

std::string config(const std::string& title) {
  return "title: " + title +
         "\nplugins: [jekyll-feed, jekyll-sitemap, jekyll-paginate, jekyll-redirect-from,\n"
         "          jekyll-archives, jekyll-seo-tag, jekyll-titles-from-headings, "
         "jekyll-readme-index,\n"
         "          jekyll-default-layout, jekyll-relative-links, jekyll-optional-front-matter]\n"
         "paginate: 2\nfeed: {tags: true}\n"
         "jekyll-archives: {enabled: all, layout: base}\n"
         "collections: {things: {output: true}}\n";
}

rc::Gen<std::string> body() {
  return rc::gen::map(rc::gen::resize(4, rc::gen::container<std::vector<std::string>>(snippet())),
                      [](const std::vector<std::string>& parts) {
                        return "Lead *text*.\n\n" + joined(parts, "\n\n") + "\n";
                      });
}

rc::Gen<std::string> front_matter() {
  return rc::gen::apply(
      [](const std::string& title,
         const std::vector<std::string>& tags,
         const std::string& mood,
         const std::string& layout,
         const std::string& more,
         bool is_published) {
        std::string text = "---\ntitle: " + title + "\nmood: " + mood + "\n";
        if (!tags.empty()) text += "tags: [" + joined(tags, ", ") + "]\n";
        if (!layout.empty()) text += "layout: " + layout + "\n";
        if (!is_published) text += "published: false\n";
        return text + more + "---\n";
      },
      word(),
      rc::gen::resize(3, rc::gen::container<std::vector<std::string>>(word())),
      word(),
      rc::gen::element<std::string>("", "base", "outer", "missing"),
      rc::gen::element<std::string>("",
                                    "",
                                    "",
                                    "hidden: true\n",
                                    "permalink: /fixed/\n",
                                    "redirect_from: [/old/, /index.html]\n",
                                    "redirect_from: /fixed/\n",
                                    "redirect_to: https://else.example/\n"),
      rc::gen::weightedElement<bool>({{9, true}, {1, false}}));
}

rc::Gen<std::string> document() {
  return rc::gen::apply(
      [](const std::string& a, const std::string& b) { return a + b; }, front_matter(), body());
}

rc::Gen<std::pair<std::string, std::optional<std::string>>> file() {
  using File = std::pair<std::string, std::optional<std::string>>;
  auto named = [](rc::Gen<std::string> path, rc::Gen<std::string> content) {
    return rc::gen::pair(std::move(path), rc::gen::maybe(std::move(content)));
  };
  auto as_file = [](rc::Gen<std::pair<std::string, rc::Maybe<std::string>>> gen) {
    return rc::gen::map(std::move(gen),
                        [](const std::pair<std::string, rc::Maybe<std::string>>& f) {
                          return File{f.first, f.second ? std::optional(*f.second) : std::nullopt};
                        });
  };
  return rc::gen::oneOf(
      as_file(named(rc::gen::element<std::string>("_posts/2020-01-01-a.md",
                                                  "_posts/2020-01-02-b.md",
                                                  "_posts/2020-01-02-c.md",
                                                  "cat/_posts/2020-02-01-d.md",
                                                  "_posts/2020-09-13-soon.md"),
                    document())),
      as_file(named(rc::gen::element<std::string>("index.html", "about.md", "sub/page.html"),
                    document())),
      as_file(named(rc::gen::element<std::string>("_things/x.md", "_things/y.md"), document())),
      as_file(
          named(rc::gen::element<std::string>("_layouts/base.html", "_includes/part.html"),
                rc::gen::map(body(), [](const std::string& b) { return b + "{{ content }}"; }))),
      as_file(named(rc::gen::just<std::string>("_layouts/outer.html"),
                    rc::gen::map(word(),
                                 [](const std::string& w) {
                                   return "---\nlayout: base\nmark: " + w +
                                          "\n---\n<i>{{ content }}</i>";
                                 }))),
      as_file(
          named(rc::gen::just<std::string>("_data/a.yml"),
                rc::gen::map(word(), [](const std::string& w) { return "b: " + w + "\nc: 1\n"; }))),
      as_file(named(rc::gen::element<std::string>("static.txt", "img/a.svg"), word())),
      as_file(named(rc::gen::element<std::string>(
                        "README.md", "sub/README.md", "plain.md", "_layouts/page.html"),
                    rc::gen::map(word(),
                                 [](const std::string& w) {
                                   return "# " + w + "\n\n[a](about.md) {{ content }}\n";
                                 }))),
      rc::gen::map(word(), [](const std::string& w) {
        return File{"_config.yml", config(w)};
      }));
}

void check(const LiveSite& site) {
  auto live = site.pages();
  auto fresh = site.from_nothing();
  for (const auto& [path, bytes] : fresh) {
    RC_ASSERT(live.contains(path));
    RC_ASSERT(live[path] == bytes);
  }
}

RC_GTEST_PROP(Incremental, EqualsABuildFromNothingAfterEveryEdit, ()) {
  Files start = {{"_config.yml", config("t")},
                 {"_includes/part.html", "[{{ include.x }}{{ site.posts.size }}]"},
                 {"_layouts/base.html", "{% seo %}<b>{{ page.title }}</b>{{ content }}"},
                 {"index.html", "---\n---\n{{ paginator.posts.size }}{{ paginator.next_page }}"}};
  for (const auto& [path, content] : *rc::gen::resize(
           8,
           rc::gen::container<std::vector<std::pair<std::string, std::optional<std::string>>>>(
               file()))) {
    if (content) start[path] = content;
  }
  LiveSite site(start, *rc::gen::element<std::size_t>(1, 1000));
  RC_ASSERT(site.pipeline().fill(1000));
  check(site);
  auto edits = *rc::gen::resize(
      6,
      rc::gen::container<std::vector<std::pair<std::string, std::optional<std::string>>>>(file()));
  Files known = start;
  for (const auto& [path, content] : edits) {
    if (!content && !known.contains(path)) continue;
    known[path] = content;
    if (!content) known.erase(path);
    // Now and then the process ends: before the edit, or after it with pages that are stale.
    int moment = *rc::gen::inRange(0, 8);
    if (moment == 0) {
      site.restart([&] {
        site.clock().advance_seconds(61);
        site.commit({{path, content}});
      });
    } else {
      site.edit({{path, content}});
    }
    if (moment == 1) site.restart();
    if (moment < 2) RC_ASSERT(site.pipeline().start()->is_warm);
    RC_ASSERT(site.pipeline().fill(1000));
    check(site);
  }
}

}  // namespace
}  // namespace stet::pipeline
