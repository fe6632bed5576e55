#include "tests/cms/liquid/checks.h"
#include "tests/cms/liquid/counted_list.h"

namespace stet::liquid {
namespace {

struct Reads {
  std::string_view source;
  std::string_view output;
  std::string_view asked;
};

TEST(LazyList, IsReadNoFurtherThanATemplateLooks) {
  const std::vector<Reads> cases = {
      {"{% for x in l limit:2 %}{{ x }}{% endfor %}", "01", "has0 has0 at0 has1 at1 "},
      {"{% for x in l limit:1 offset:2 %}{{ x }}{% endfor %}", "2", "has2 has2 at2 "},
      {"{% for x in l %}{{ x }}{% break %}{% endfor %}", "0", "has0 has0 at0 "},
      {"{% for x in l limit:1 %}{{ forloop.first }}{% endfor %}", "true", "has0 has0 at0 "},
      {"{% for x in l limit:1 %}{{ forloop.length }}{% endfor %}", "1", "has0 has0 at0 has0 "},
      {"{{ l.first }}", "0", "has0 at0 "},
      {"{{ l[2] }}", "2", "has2 at2 "},
      {"{{ l[7] }}", "", "has7 "},
      {"{{ l.last }}", "3", "size at3 "},
      {"{{ l[-1] }}", "3", "size has3 at3 "},
      {"{{ l.size }}", "4", "size "},
      {"{% if l == empty %}{% else %}full{% endif %}", "full", "has0 "},
      {"{% if l contains 1 %}yes{% endif %}", "yes", "has0 at0 has1 at1 "},
      {"{% if l %}yes{% endif %}", "yes", ""},
  };
  for (const Reads& one : cases) {
    const auto* list = new CountedList(4);
    const Value value{Ref<List>(list)};
    PlainHost host;
    EXPECT_EQ(render(one.source, host, {{"l", value}}), one.output) << one.source;
    EXPECT_EQ(list->take_asked(), one.asked) << one.source;
  }
}

TEST(LazyList, HasItsLengthReadOnlyWhereTheLoopSaysIt) {
  const auto* list = new CountedList(3);
  const Value value{Ref<List>(list)};
  PlainHost host;
  EXPECT_EQ(render("{% for x in l %}{{ x }}{% unless forloop.last %},{% endunless %}{% endfor %}",
                   host,
                   {{"l", value}}),
            "0,1,2");
  EXPECT_EQ(list->take_asked().find("size"), std::string::npos);
  EXPECT_EQ(render("{% for x in l reversed %}{{ x }}{{ forloop.rindex }} {% endfor %}",
                   host,
                   {{"l", value}}),
            "23 12 01 ");
  EXPECT_NE(list->take_asked().find("size"), std::string::npos);
}

}  // namespace
}  // namespace stet::liquid
