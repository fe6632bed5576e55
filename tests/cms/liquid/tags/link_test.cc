#include "tests/cms/liquid/checks.h"

namespace stet::liquid {
namespace {

TEST(LinkTag, GivesTheUrlOfAFile) {
  PlainHost host;
  host.links = {{"_posts/a.md", "/2020/a.html"}};
  check({{"{% link _posts/a.md %}", "/2020/a.html"}, {"{% link {{ p }} %}", "/2020/a.html"}},
        host,
        {{"p", text("_posts/a.md")}});
  host.configuration["baseurl"] = text("/base");
  check({{"{% link _posts/a.md %}", "/base/2020/a.html"}}, host);
}

TEST(LinkTag, RefusesAFileThatIsNotThere) {
  check_refusals({{"{% link gone.md %}", "Could not find document 'gone.md' in tag 'link'"}});
}

}  // namespace
}  // namespace stet::liquid
