// The check of "incremental equals from nothing" is itself checked: where a render forgets to note
// one kind of read, a difference is found.

#include "tests/property/forgetful_site.h"

namespace stet::property {
namespace {

using reads::Kind;
using site::page;

site::MadeSite::Files start() {
  return {
      {"_config.yml", "{title: S, author: {name: N}, collections: {things: {output: true}}}"},
      {"_data/nav.yml", "main: [Home]\n"},
      {"_layouts/l.html", "<{{ content }}>{% include part.html %}"},
      {"_layouts/other.html", "other {{ content }}"},
      {"_includes/part.html", "part"},
      {"_posts/2020-01-01-a.md", page("{title: A, tags: [red], mood: calm}", "First.\n\nMore.\n")},
      {"_posts/2020-01-02-b.md",
       page("{title: B, layout: l}", "Second.\n\n{{ page.next.title }}\n")},
      {"cat/_posts/2020-01-02-n.md", page("title: N")},
      {"_things/x.md", page("title: X")},
      {"titles.html", page("", "{% for p in site.posts %}{{ p.title }}{% endfor %}")},
      {"size.html", page("", "{{ site.posts.size }}")},
      {"newest.html", page("", "{{ site.posts.first.url }}")},
      {"excerpts.html", page("", "{% for p in site.posts %}{{ p.excerpt }}{% endfor %}")},
      {"bodies.html", page("", "{% for p in site.posts %}{{ p.content }}{% endfor %}")},
      {"next.html", page("", "{{ site.things.last.next.title }}{{ site.posts.last.next.title }}")},
      {"red.html", page("", "{% for p in site.tags.red %}{{ p.url }}{% endfor %}")},
      {"green.html", page("", "{% for p in site.tags.green %}{{ p.url }}{% endfor %}")},
      {"tags.html", page("", "{% for t in site.tags %}{{ t[0] }}{% endfor %}")},
      {"nav.html", page("", "{{ site.data.nav.main[0] }}")},
      {"author.html", page("", "{{ site.author.name }}")},
      {"minute.html", page("", "{{ site.time | date: '%M' }}")},
      {"all.html", page("{t: 1}", "{% assign p = site.posts | last %}{{ p | jsonify }}")},
      {"link.html", page("", "{% link _posts/2020-01-01-a.md %}")},
      {"post-url.html", page("", "{% post_url 2020-01-01-a %}")},
      {"post-url-n.html", page("", "{% post_url 2020-01-02-n %}")},
      {"missing.html", page("layout: later", "m")},
      {"include.html", page("", "{% include part.html x=page.mood %}")},
      {"gist.html", page("", "{% gist 1 %}")},
      {"hour.html", page("", "{{ 1577923200 | date: '%H' }}")},
      {"later.html", page("", "{{ site.later.size }}")},
      {"marks.html", page("", "{% for f in site.static_files %}{{ f.mark }}{% endfor %}")},
      {"previous.html", page("", "{% assign p = site.posts | first %}{{ p.previous.title }}")},
      {"sizes.html", page("", "{% for p in site.pages offset: 9 %}{{ p.url }}{% endfor %}")},
      {"whole.html", page("", "{{ site.data.nav | jsonify }}")},
      {"x.txt", "x"},
      {"plain.html", page("layout: l", "plain")},
  };
}

struct Step {
  site::MadeSite::Edits edits;
  std::int64_t seconds = 0;  // that pass before
};

std::vector<Step> story() {
  const char* a = "_posts/2020-01-01-a.md";
  return {
      {{{a, page("{title: Z, tags: [red], mood: calm}", "First.\n\nMore.\n")}}},
      {{{a, page("{title: Z, tags: [red], mood: wild}", "First.\n\nMore.\n")}}},
      {{{a, page("{title: Z, tags: [red], mood: wild}", "Other.\n\nMore.\n")}}},
      {{{a, page("{title: Z, tags: [red], mood: wild}", "Other.\n\nLess.\n")}}},
      {{{a, page("{title: Z, tags: [green], mood: wild}", "Other.\n\nLess.\n")}}},
      {{{a, page("{title: Z, tags: [green], permalink: /z/}", "Other.\n\nLess.\n")}}},
      {{{a, page("{title: Z, tags: [green], permalink: /z/, more: 1}", "Other.\n\nLess.\n")}}},
      {{{"_posts/2020-01-03-c.md", page("{title: C, tags: [blue]}")}}},
      {{{"_posts/2020-01-04-d.md", page("{title: D, tags: [green]}")}}},
      {{{"_posts/2020-01-02-n.md", page("title: New")}}},
      {{{"_posts/2020-01-03-c.md", std::nullopt}}},
      {{{"_things/y.md", page("title: Y")}}},
      {{{"_data/nav.yml", "main: [Start]\n"}}},
      {{{"_config.yml", "{title: S, author: {name: M}, collections: {things: {output: true}}}"}}},
      {{{"_config.yml",
         "{author: {name: M}, collections: {things: {output: true}}, timezone: Asia/Tokyo}"}}},
      {{{"_config.yml", "{author: {name: M}, collections: {things: {}, later: {}}, title: S}"},
        {"_later/x.md", page("title: X")}}},
      {{{"_config.yml", "{author: {name: M}, plugins: [jekyll-gist]}"}}},
      {{{"_config.yml", "{defaults: [{scope: {path: x.txt}, values: {mark: m}}]}"}}},
      {{{"y.txt", "y"}, {"zz.html", page()}}},
      {{{"_data/nav.yml", "main: [Start]\nmore: 1\n"}}},
      {{{"_includes/part.html", "piece"}}},
      {{{"_layouts/l.html", "[{{ content }}]"}}},
      {{{"_layouts/later.html", "now {{ content }}"}}},
      {{{"plain.html", page("layout: other", "plain")}}},
      {{{"plain.html", page("layout: other", "changed")}}},
      {{}, 61},
      {{{"_posts/2020-01-01-b.md", page("title: D")}, {a, std::nullopt}}},
  };
}

// The first difference that the story brings to light.
std::optional<std::string> tell(Forgets forgets) {
  ForgetfulSite site(start(), std::move(forgets));
  if (auto difference = site.first_difference()) return "at first: " + *difference;
  std::int64_t now = site::MadeSite::kNow.seconds;
  for (const Step& step : story()) {
    now += step.seconds;
    site.edit(step.edits, Instant{now});
    if (auto difference = site.first_difference()) return difference;
  }
  return std::nullopt;
}

TEST(PlantedFaults, WhereNothingIsForgottenNothingDiffers) {
  EXPECT_EQ(tell({}).value_or("the same"), "the same");
}

Forgets field(std::string name) {
  return {[name](Kind kind, std::string_view, std::string_view field) {
            return kind == Kind::kField && field == name;
          },
          nullptr};
}

Forgets subject(Kind wanted, std::string begin) {
  return {[=](Kind kind, std::string_view subject, std::string_view) {
            return kind == wanted && subject.starts_with(begin);
          },
          nullptr};
}

Forgets named_setting(std::string name) {
  return {[name](Kind kind, std::string_view, std::string_view field) {
            return kind == Kind::kConfig && field == name;
          },
          nullptr};
}

Forgets data_named(std::string name) {
  return {[name](Kind kind, std::string_view, std::string_view field) {
            return kind == Kind::kData && field == name;
          },
          nullptr};
}

Forgets rendition(std::string name) {
  return {[name](Kind kind, std::string_view, std::string_view field) {
            return kind == Kind::kRendition && field == name;
          },
          nullptr};
}

// That the file was read, and that it was looked for: either would do.
Forgets layouts() {
  return {[](Kind kind, std::string_view subject, std::string_view) {
            return (kind == Kind::kFile || kind == Kind::kField) &&
                   subject.starts_with("_layouts/");
          },
          nullptr};
}

Forgets positions(std::string name) {
  return {nullptr, [name](std::string_view list) { return list == name; }};
}

TEST(PlantedFaults, EachKindOfReadThatIsForgottenIsFound) {
  const std::pair<const char*, Forgets> faults[] = {
      {"titles", field("title")},
      {"URLs", field("url")},
      {"the text of a body", field("#body")},
      {"the text of an excerpt", field("#excerpt")},
      {"all fields of a document shown whole", field("*")},
      {"which layout", field("layout")},
      {"the neighbour", field("next")},
      {"one tag", subject(Kind::kField, "site.tags")},
      {"the names of tags", subject(Kind::kLength, "site.tags")},
      {"the number of posts", subject(Kind::kLength, "site.posts")},
      {"which posts", positions("site.posts")},
      {"which posts of a tag", positions("site.tags.green")},
      {"posts by name", positions("site.post_names.2020-01-02-n")},
      {"data", subject(Kind::kData, "")},
      {"configuration", subject(Kind::kConfig, "")},
      {"an include", subject(Kind::kFile, "_includes/")},
      {"a layout", layouts()},
      {"the instant", subject(Kind::kInstant, "")},
      {"the older neighbour", field("previous")},
      {"which plugins are on", named_setting("#plugin jekyll-gist")},
      {"that there is a collection", named_setting("#collection later")},
      {"the time zone", named_setting("timezone")},
      {"fields of static files", field("mark")},
      {"which pages", positions("site.pages")},
      {"a part of the data, whole", data_named("nav")},
      {"the HTML of a body", rendition("content")},
      {"the HTML of an excerpt", rendition("excerpt")},
  };
  for (const auto& [name, forgets] : faults) EXPECT_TRUE(tell(forgets)) << name;
}

}  // namespace
}  // namespace stet::property
