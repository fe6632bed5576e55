#include "tests/cms/liquid/checks.h"

namespace stet::liquid {
namespace {

TEST(PostUrlTag, GivesTheUrlOfAPost) {
  PlainHost host;
  host.post_urls = {{"2020-10-11-intro", "/2020/10/11/intro.html"}};
  check({{"{% post_url 2020-10-11-intro %}", "/2020/10/11/intro.html"}}, host);
}

TEST(PostUrlTag, RefusesNamesAndPostsThatAreNone) {
  check_refusals({{"{% post_url intro %}", "does not contain valid date and/or title"},
                  {"{% post_url 2020-10-11-gone %}", "Could not find post \"2020-10-11-gone\""}});
}

}  // namespace
}  // namespace stet::liquid
