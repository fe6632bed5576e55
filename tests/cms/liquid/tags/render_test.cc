#include "tests/cms/liquid/checks.h"

namespace stet::liquid {
namespace {

PlainHost files() {
  PlainHost host;
  host.includes = {{"say", "[{{ what }}{{ global }}]"},
                   {"item", "{{ item }}{{ forloop.index }};"},
                   {"set", "{% assign made = 1 %}{% increment n %}"}};
  return host;
}

TEST(RenderTag, SeesItsParametersAlone) {
  PlainHost host = files();
  check({{"{% render 'say', what: 'a' %}", "[a]"},
         {"{% render 'say' what: x %}", "[9]"},
         {"{% render 'set' %}{% render 'set' %}[{{ made }}]", "00[]"}},
        host,
        {{"global", text("g")}, {"x", Value(9)}});
}

TEST(RenderTag, BindsAValueOrEachOfAList) {
  PlainHost host = files();
  check({{"{% render 'item' with 'a' %}", "a;"},
         {"{% render 'item' with 'a' as what %}", ";"},
         {"{% render 'say' with 'a' as what %}", "[a]"},
         {"{% render 'item' for list %}", "a1;b2;"},
         {"{% render 'say' for list as what %}", "[a][b]"}},
        host,
        {{"list", texts({"a", "b"})}});
}

TEST(RenderTag, RefusesNamesThatAreNotQuotedOrNotThere) {
  PlainHost host = files();
  check_refusals({{"{% render say %}", "must be a quoted string"},
                  {"{% render 'gone' %}", "Could not locate the rendered file 'gone'"}},
                 host);
}

}  // namespace
}  // namespace stet::liquid
