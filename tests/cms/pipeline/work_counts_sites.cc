#include "tests/cms/pipeline/work_counts.h"

namespace stet::pipeline {
namespace {

std::string page(const std::string& text) { return "---\nlayout: bare\n---\n" + text; }

}  // namespace

std::string post(const std::string& fields, const std::string& body) {
  return "---\n" + fields + "---\n" + body;
}

LiveSite::Files blog() {
  return {
      {"_config.yml",
       "permalink: /:title/\nauthor: {name: A, city: B}\nunread: 1\n"
       "collections: {things: {output: true, order: [b.md, a.md]}}\n"
       "defaults: [{scope: {path: '', type: posts}, values: {layout: post, mark: m}}]\n"},
      {"_layouts/default.html", "{% include nav.html %}<b>{{ page.title }}</b>{{ content }}"},
      {"_layouts/post.html",
       "---\nlayout: default\n---\n{{ content }}{{ page.previous.title }}{{ page.next.title }}"},
      {"_layouts/bare.html", "{{ content }}"},
      {"_includes/nav.html", "{% for n in site.data.nav.main %}{{ n }}{% endfor %}"},
      {"_includes/box.html", "[{{ include.of }}]"},
      {"_data/nav.yml", "main: [Home]\nfoot: [Imprint]\n"},
      {"_data/people/ann.yml", "name: Ann\n"},
      {"about.md", "---\ntitle: About\nlayout: default\n---\nWho.\n"},
      {"author.html", page("{{ site.author.name }}")},
      {"boxes.html", page("{% include box.html of=page.name %}")},
      {"categories.html", page("{% for p in site.categories.sea %}{{ p.title }}{% endfor %}")},
      {"css/main.scss", "---\n---\n@import 'colours';\na { color: $main }\n"},
      {"_sass/_colours.scss", "$main: tan;\n"},
      {"dates.html", page("{% for p in site.posts %}{{ p.date | date: '%H' }}{% endfor %}")},
      {"files.html", page("{% for f in site.static_files %}{{ f.path }}{% endfor %}")},
      {"groups.html",
       page("{% assign groups = site.posts | group_by: 'mood' %}"
            "{% for g in groups %}{{ g.name }}{{ g.size }}{% endfor %}")},
      {"index.html",
       page("{% for p in site.posts limit: 2 %}{{ p.title }}{{ p.excerpt }}{% endfor %}")},
      {"marks.html", page("{% for p in site.posts %}{{ p.mark }}{% endfor %}")},
      {"menu.html", page("{% for p in site.html_pages %}{{ p.title }}{% endfor %}")},
      {"ranks.html",
       page("{% assign all = site.posts | sort: 'rank' %}"
            "{% for p in all %}{{ p.rank }}{% endfor %}")},
      {"red.html", page("{% for p in site.tags.red %}{{ p.url }}{% endfor %}")},
      {"style.css", "a {}\n"},
      {"tags.html", page("{% for t in site.tags %}{{ t[0] }}{% endfor %}")},
      {"things.html", page("{% for t in site.things %}{{ t.title }}{% endfor %}")},
      {"wild.html",
       page("{% assign wild = site.posts | where_exp: 'p', \"p.mood == 'wild'\" %}"
            "{{ wild.size }}")},
      {"_things/a.md", post("title: TA\nlayout: bare\n")},
      {"_things/b.md", post("title: TB\nlayout: bare\n")},
      {"_drafts/four.md", post("title: Four\n")},
      {"_posts/2020-01-01-one.md", post("title: One\nmood: calm\nrank: 3\ntags: [red]\n")},
      {"_posts/2020-01-02-two.md", post("title: Two\nmood: calm\nrank: 2\ntags: [blue]\n")},
      {"_posts/2020-01-03-three.md", post("title: Three\nmood: wild\nrank: 1\ncategory: sea\n")},
      {"_posts/2020-09-20-later.md", post("title: Later\n")},
  };
}

LiveSite::Files blog_with_plugins() {
  LiveSite::Files files = {
      {"_config.yml",
       "url: https://x.example\npermalink: /:title/\npaginate: 4\n"
       "plugins: [jekyll-paginate, jekyll-redirect-from, jekyll-feed, jekyll-sitemap]\n"},
      {"index.html",
       "---\n---\n{% for p in paginator.posts %}{{ p.title }}{% endfor %}"
       "{{ paginator.next_page_path }}"},
      {"_posts/2019-12-31-reader.md",
       post("title: Reader\n", "{% for r in site.related_posts %}{{ r.title }}{% endfor %}\n")},
  };
  for (int i = 11; i < 22; ++i) {
    std::string number = std::to_string(i);
    files["_posts/2020-01-" + number + "-p" + number + ".md"] = post("title: P" + number + "\n");
  }
  return files;
}

LiveSite::Files conference() {
  auto session = [](const std::string& title, const std::string& hour, const std::string& more) {
    return post("title: " + title + "\nlayout: session\nstart: 2025-10-01T" + hour +
                ":00\nend: 2025-10-01T" + hour + ":45\n" + more);
  };
  return {
      {"_config.yml", "title: Meeting\n"},
      {"_layouts/session.html",
       "{{ page.title }} {{ page.session.start }} {{ page.session.room }} "
       "{% for s in page.session.speakers %}{{ s.name }}{% endfor %}"},
      {"_layouts/speaker.html",
       "{{ page.title }} {% for s in page.sessions %}{{ s.title }} {{ s.start }}{% endfor %}"},
      {"_layouts/schedule.html",
       "{% for d in page.schedule.days %}{% for s in d.sessions %}{{ s.title }} {{ s.start }} "
       "{{ s.room }} {% for p in s.speakers %}{{ p.name }}{% endfor %}{% endfor %}{% endfor %}"},
      {"_data/event.yml",
       "title: Meeting\ntime_zone: UTC\nstart: 2025-10-01\nrooms: [Hall, Loft]\n"},
      {"_schedule/first.md", session("First", "09", "room: Hall\nspeakers: [ann]\n")},
      {"_schedule/second.md", session("Second", "10", "room: Loft\nspeakers: [bob]\n")},
      {"_speakers/ann.md", post("title: Ann\nlayout: speaker\n")},
      {"_speakers/bob.md", post("title: Bob\nlayout: speaker\n")},
      {"news.html", "---\n---\nNews.\n"},
  };
}

}  // namespace stet::pipeline
