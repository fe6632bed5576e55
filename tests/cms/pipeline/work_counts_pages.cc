// Changes of pages, layouts, includes, data, configuration and other files.

#include "tests/cms/pipeline/work_counts.h"

namespace stet::pipeline {
namespace {

std::string config(const std::string& author, const std::string& more) {
  return "permalink: /:title/\nauthor: " + author +
         "\ncollections: {things: {output: true, order: [b.md, a.md]}}\n" +
         "defaults: [{scope: {path: '', type: posts}, values: {layout: post, mark: m}}]\n" + more;
}

}  // namespace

std::vector<WorkCount> page_counts() {
  return {
      {"page body",
       "of a page that nobody quotes",
       {{"about.md", "---\ntitle: About\nlayout: default\n---\nWe.\n"}},
       {{"about/index.html", "content of about.md"}}},
      {"page title in a navigation",
       "its own page and the menu",
       {{"about.md", "---\ntitle: Us\nlayout: default\n---\nWho.\n"}},
       {{"about/index.html", "title of about.md"}, {"menu/index.html", "title of about.md"}}},
      {"layout",
       "of posts",
       {{"_layouts/post.html", "---\nlayout: default\n---\n{{ content }}"}},
       {{"one/index.html", "file _layouts/post.html"},
        {"three/index.html", "file _layouts/post.html"},
        {"two/index.html", "file _layouts/post.html"}}},
      {"nested layout",
       "that posts have through their own",
       {{"_layouts/default.html", "<i>{{ page.title }}</i>{{ content }}"}},
       {{"about/index.html", "file _layouts/default.html"},
        {"one/index.html", "file _layouts/default.html"},
        {"three/index.html", "file _layouts/default.html"},
        {"two/index.html", "file _layouts/default.html"}}},
      {"include",
       "of a layout",
       {{"_includes/nav.html", "nav"}},
       {{"about/index.html", "file _includes/nav.html"},
        {"one/index.html", "file _includes/nav.html"},
        {"three/index.html", "file _includes/nav.html"},
        {"two/index.html", "file _includes/nav.html"}}},
      {"include with parameters",
       "concerns who includes it",
       {{"_includes/box.html", "({{ include.of }})"}},
       {{"boxes/index.html", "file _includes/box.html"}}},
      {"an include that appears where it was missing",
       "heals the page",
       {{"_includes/later.html", "here"}},
       {{"broken/index.html", "file _includes/later.html"}}},
      {"data file key read",
       "by an include",
       {{"_data/nav.yml", "main: [Start]\nfoot: [Imprint]\n"}},
       {{"about/index.html", "data nav.main"},
        {"one/index.html", "data nav.main"},
        {"three/index.html", "data nav.main"},
        {"two/index.html", "data nav.main"}}},
      {"data file key not read",
       "beside one that is",
       {{"_data/nav.yml", "main: [Home]\nfoot: [Contact]\n"}, {"_data/people/bob.yml", "a: 1\n"}},
       {}},
      {"config key read",
       "by one page",
       {{"_config.yml", config("{name: Z, city: B}", "unread: 1\n")}},
       {{"author/index.html", "configuration author.name"}}},
      {"config key not read",
       "below one that is, and beside it",
       {{"_config.yml", config("{name: A, city: Z}", "unread: 2\nmore: {new: 1}\n")}},
       {}},
      {"front-matter default",
       "that one page prints",
       {{"_config.yml",
         "permalink: /:title/\nauthor: {name: A, city: B}\nunread: 1\n"
         "collections: {things: {output: true, order: [b.md, a.md]}}\n"
         "defaults: [{scope: {path: '', type: posts}, values: {layout: post, mark: n}}]\n"}},
       {{"marks/index.html", "mark of _posts/2020-01-01-one.md"}}},
      {"collection item",
       "whose title is listed",
       {{"_things/a.md", post("title: Other\nlayout: bare\n")}},
       {{"things/index.html", "title of _things/a.md"}}},
      {"collection item",
       "that is new",
       {{"_things/c.md", post("title: TC\nlayout: bare\n")}},
       {{"things/c/index.html", "is new"}, {"things/index.html", "of site.things"}}},
      {"collection order",
       "as the configuration has it",
       {{"_config.yml",
         "permalink: /:title/\nauthor: {name: A, city: B}\nunread: 1\n"
         "collections: {things: {output: true, order: [a.md, b.md]}}\n"
         "defaults: [{scope: {path: '', type: posts}, values: {layout: post, mark: m}}]\n"}},
       {{"things/index.html", "of site.things"}}},
      {"static file",
       "with other bytes",
       {{"style.css", "b {}\n"}},
       {{"style.css", "is made by another file"}}},
      {"static file",
       "that is new is in the list of them",
       {{"paper.pdf", "x"}},
       {{"files/index.html", "of site.static_files"}, {"paper.pdf", "is new"}}},
      {"Sass partial",
       "that a sheet imports",
       {{"_sass/_colours.scss", "$main: teal;\n"}},
       {{"css/main.css", "file _sass/_colours.scss"},
        {"css/main.css.map", "file _sass/_colours.scss"}}},
      {"Sass partial",
       "that makes the same CSS and another map: both are one rendition",
       {{"_sass/_colours.scss", "// why\n$main: tan;\n"}},
       {{"css/main.css", "file _sass/_colours.scss"},
        {"css/main.css.map", "file _sass/_colours.scss"}}},
  };
}

}  // namespace stet::pipeline
