// The site after any edits is the site of the same files from nothing, in all that can be seen.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/cms/site/made_site.h"

namespace stet::site {
namespace {

std::string shown(const Document& document, const Site& site) {
  const DocumentFacts& facts = document.facts();
  std::string text = facts.subject + " " + facts.shown_path + " " + facts.url + " " +
                     facts.output_path + " " + facts.layout + " " + facts.slug + " " +
                     show(liquid::Value(facts.fields)) + " " + body_of(site, document) + " " +
                     excerpt_of(site, document) + " " + facts.failure;
  for (bool is_next : {true, false}) {
    DocumentPtr neighbour = site.neighbour_of(document, is_next);
    text += neighbour ? " " + neighbour->path() : " -";
  }
  return text + "\n";
}

std::string all_of(const Site& site) {
  std::string text = show(site.problems()) + show(liquid::Value(site.time())) + "\n";
  site.lists().for_each([&](const std::string& name, const Items& items) {
    text += name + ":";
    items.for_each([&](const ListKey&, const ItemPtr& item) { text += " " + item->path(); });
    text += "\n";
  });
  site.documents().for_each(
      [&](const std::string&, const DocumentPtr& document) { text += shown(*document, site); });
  site.for_each_output([&](const std::string& path, const Output& output) {
    text += path + " < " + output.item->path() + (output.is_static ? " static\n" : "\n");
  });
  for (const char* group : {"tags", "categories"}) {
    for (const std::string& name : site.group_names(group)) text += name + " ";
  }
  text += show(liquid::Value(liquid::Ref<liquid::Hash>(&site.data()->hash())));
  text += site.next_moment() ? iso_instant(*site.next_moment()) : "never";
  site.sources().for_each([&](const std::string& path, const SourceFilePtr& source) {
    text += "\n" + path + " " + source->blob.hex() + (source->is_broken ? " broken" : "");
  });
  return text;
}

rc::Gen<std::string> content() {
  return rc::gen::element<std::string>("no front matter\n",
                                       "",
                                       page(),
                                       page("title: T"),
                                       page("{title: U, tags: [a, b, a, a], categories: [c, c]}"),
                                       page("tags: [b]", "one\n\ntwo\n"),
                                       page("published: false"),
                                       page("date: 2020-09-14"),
                                       page("date: 2020-01-01 05:00:00"),
                                       page("date: soon"),
                                       page("permalink: /same/"),
                                       page("permalink: /:nope/"),
                                       page("rank: 2"),
                                       page("rank: 1"),
                                       page("layout: l"),
                                       page("broken: ["));
}

rc::Gen<std::string> config() {
  return rc::gen::element<std::string>(
      "",
      "collections: {things: {output: true}}\n",
      "{collections: {things: {sort_by: rank}}, permalink: pretty}\n",
      "{include: [_posts], exclude: [b.md]}\n",
      "limit_posts: 1\n",
      "defaults: [{scope: {path: ''}, values: {layout: l, title: D}}]\n",
      "timezone: Asia/Tokyo\n",
      "broken: [\n");
}

rc::Gen<std::pair<std::string, std::optional<std::string>>> edit() {
  using Edit = std::pair<std::string, std::optional<std::string>>;
  auto path = rc::gen::element<std::string>("_posts/2020-01-01-a.md",
                                            "_posts/2020-01-02-b.md",
                                            "c/_posts/2020-01-01-a.md",
                                            "_posts/2020-09-20-soon.md",
                                            "_drafts/d.md",
                                            "_things/x.md",
                                            "_things/y.md",
                                            "_things/s.png",
                                            "index.html",
                                            "b.md",
                                            "sub/b.md",
                                            "same/index.html",
                                            "_data/a.yml",
                                            "_data/a/b.yml",
                                            "_data/event.yml",
                                            "_schedule/s.md",
                                            "_layouts/l.html");
  auto other = rc::gen::map(
      rc::gen::pair(path, rc::gen::maybe(content())),
      [](const std::pair<std::string, rc::Maybe<std::string>>& pair) {
        return Edit{pair.first, pair.second ? std::optional(*pair.second) : std::nullopt};
      });
  auto setting = rc::gen::map(config(), [](const std::string& text) {
    return Edit{"_config.yml", text};
  });
  return rc::gen::weightedOneOf<Edit>({{9, other}, {1, setting}});
}

RC_GTEST_PROP(Advance, GivesTheSiteOfABuildFromNothing, ()) {
  MadeSite::Files start = {{"_config.yml", *config()}};
  for (const auto& [path, text] :
       *rc::gen::container<std::vector<std::pair<std::string, std::optional<std::string>>>>(
           edit())) {
    if (text) start[path] = *text;
  }
  MadeSite site(start);
  RC_ASSERT(all_of(*site) == all_of(*site.from_nothing()));
  std::int64_t now = MadeSite::kNow.seconds;
  for (int step = 0; step < 4; ++step) {
    MadeSite::Edits edits;
    for (auto& [path, text] : *rc::gen::resize(
             4,
             rc::gen::container<std::vector<std::pair<std::string, std::optional<std::string>>>>(
                 edit()))) {
      edits[path] = text;
    }
    now += *rc::gen::inRange(0, 86400 * 3);
    site.edit(edits, Instant{now});
    RC_ASSERT(all_of(*site) == all_of(*site.from_nothing()));
  }
}

}  // namespace
}  // namespace stet::site
