#include "tests/cms/liquid/checks.h"

namespace stet::liquid {
namespace {

std::string limited(std::string_view source, const Limits& limits) {
  PlainHost host;
  host.includes = {
      {"self", "{% include self %}"},
      {"nest", "{% if true %}{% for i in (1..2) %}{% include nest %}{% endfor %}{% endif %}"}};
  return render(source, host, {}, limits);
}

TEST(Limits, EndARenderOfTooManySteps) {
  const Limits limits{.steps_max = 10'000};
  for (const char* source :
       {"{% for i in (1..1000000000) %}{% endfor %}",
        "{% for i in (1..200) %}{% for j in (1..200) %}x{% endfor %}{% endfor %}",
        "{% tablerow i in (1..1000000000) %}{% endtablerow %}",
        "{% assign a = (1..1000000000) | where_exp: 'x', 'x > 1' %}"}) {
    EXPECT_NE(limited(source, limits).find("! Liquid error: "), std::string::npos) << source;
  }
  EXPECT_EQ(limited("{% for i in (1..10) %}x{% endfor %}", limits), "xxxxxxxxxx");
}

TEST(Limits, EndARenderOfTooManyBytes) {
  const Limits limits{.steps_max = 1'000'000, .output_bytes_max = 1000};
  for (const char* source :
       {"{% for i in (1..1000) %}xxxxxxxxxx{% endfor %}",
        "{% capture a %}{% for i in (1..1000) %}xxxxxxxxxx{% endfor %}{% endcapture %}",
        "{% assign a = 'xxxxxxxx' %}{% for i in (1..60) %}{% assign a = a | append: a %}{% endfor "
        "%}"}) {
    EXPECT_NE(limited(source, limits).find("than 1000 bytes"), std::string::npos) << source;
  }
}

// Sixty times a list that holds the last one twice: what it prints would fill every disk.
TEST(Limits, EndWalksThroughListsThatHoldOneAnother) {
  const std::string lists =
      "{% assign a = 'x' | split: '' %}{% assign b = 'x' | split: '' %}{% for i in (1..60) %}"
      "{% assign a = a | push: a %}{% assign b = b | push: b %}{% endfor %}";
  for (const char* use : {"{{ a }}",
                          "{{ a | inspect }}",
                          "{{ a | first | append: a | size }}",
                          "{% assign c = a | append: 'x' %}",
                          "{% if a == b %}{% endif %}",
                          "{% case a %}{% when b %}{% endcase %}",
                          "{% cycle a: 1, 2 %}",
                          "{% assign c = a | uniq %}",
                          "{{ a | group_by_exp: 'c', 'c' | jsonify | size }}",
                          "{{ a | join: '' }}"}) {
    for (const Limits& limits :
         {Limits{.steps_max = 100'000}, Limits{.steps_max = 300'000, .output_bytes_max = 1000}}) {
      EXPECT_NE(limited(lists + use, limits).find("! Liquid error: "), std::string::npos) << use;
    }
  }
}

TEST(Limits, CountTheBytesOfTextsThatAreCompared) {
  const std::string text =
      "{% assign a = 'x' %}{% for i in (1..15) %}{% assign a = a | append: a %}"
      "{% endfor %}{% assign b = a | append: '' %}";
  const Limits limits{.steps_max = 20'000};
  EXPECT_EQ(limited(text + "{% if a == b %}x{% endif %}", limits), "x");
  for (const char* condition : {"a == b", "a <= b"}) {
    EXPECT_NE(
        limited(text + "{% for i in (1..1000) %}{% if " + condition + " %}{% endif %}{% endfor %}",
                limits)
            .find("more than 20000 steps"),
        std::string::npos)
        << condition;
  }
}

TEST(Limits, EndIncludesThatIncludeThemselves) {
  EXPECT_NE(limited("{% include self %}", {}).find("Nesting too deep"), std::string::npos);
  EXPECT_NE(limited("{% include self %}", {.depth_max = 5}).find("more than 5 deep"),
            std::string::npos);
  EXPECT_NE(limited("{% include nest %}", {.steps_max = 100'000}).find("! "), std::string::npos);
}

}  // namespace
}  // namespace stet::liquid
