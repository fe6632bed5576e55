#include "cms/site_import/active_markup.h"

#include <gtest/gtest.h>

namespace stet::site_import {
namespace {

std::string found_in(std::string_view html) {
  std::string text;
  for (const ActivePart& part : active_parts(html)) {
    text += std::to_string(part.offset) + " " + part.what + "\n";
  }
  return text;
}

TEST(ActiveMarkup, IsFoundHoweverItIsWritten) {
  std::string many = "<img";
  for (int i = 0; i < 150; ++i) many += " a" + std::to_string(i) + "=b";
  for (const std::string& html : std::vector<std::string>{
           "<script>x()</script>",
           "<SCRIPT/src=x></SCRIPT>",
           "<svg/onload=x()>",
           "<a href=\"java&#10;script:x()\">a</a>",
           "<a href=\"java\nscript:x()\">a</a>",
           "<a href='&#1;javascript:x()'>a</a>",
           "<a href=&#106avascript:x()>a</a>",
           "<a href='&#x0000000000000006A;avascript:x()'>a</a>",
           "<a href='java&Tab;script&colon;x()'>a</a>",
           "<a href=' VBScript:x()'>a</a>",
           "<iframe srcdoc='<script>x()</script>'></iframe>",
           "<object data='javascript:x()'></object>",
           "<object data='data:text/html,x'></object>",
           "<iframe src='data:text/html;base64,x'></iframe>",
           "<a href='data:text/html,x'>a</a>",
           "<svg><a xlink:href='javascript:x()'></a></svg>",
           "<svg><use href='data:image/svg+xml,x'/></svg>",
           "<svg><animate attributeName=href values='a;javascript:x()'/></svg>",
           "<form action=javascript:x()>",
           "<button formaction='javascript:x()'>",
           "<base href='https://else.example/'>",
           "<meta http-equiv=refresh content='0;url=x'>",
           many + " onerror=x()>",
           "<img = onerror=x()>",
           "<img src='a'onerror=x()>",
           "<img src=x onerror=x() ",
           "<img src=x onerror=\"x()",
           "<!-- --!><script>x()</script>",
           "<!--><script>x()</script> -->",
           "<!---><script>x()</script> -->",
           "<!x><script>x()</script>",
           "</ x><script>x()</script>",
           "<style><a title='</style><script>x()</script>'>",
           "<style><!--</style><script>x()</script>-->",
           "<svg><style><img src=x onerror=x()></style></svg>",
           "<noscript><p title='</noscript><img src=x onerror=x()>'></noscript>",
           "<svg><![CDATA[><a title=']]><script>x()</script>'>",
       }) {
    EXPECT_FALSE(active_parts(html).empty()) << html;
  }
}

TEST(ActiveMarkup, IsNotWhatPeopleWriteEveryDay) {
  for (const char* html : {
           "",
           "a < b, c <d and <3",
           "<p on>a</p onclick=x>",
           "<a href=\"https://example.org/?q=javascript:x\" title=\"javascript: a book\">a</a>",
           "<a href='mailto:a@example.org'>a</a>",
           "<img src='data:image/gif;base64,x' srcset='data:image/svg+xml,x 1w'>",
           "<a href='data:image/png;base64,x'>a</a>",
           "<iframe src='https://video.example/1' allowfullscreen></iframe>",
           "<noscript><img src='a.jpg' alt='b'></noscript>",
           "<style>a > b { content: '<' } <!-- c --></style>",
           "<!-- <script>x()</script> -->",
           "<!-- a -- b --> <!----> <!DOCTYPE html> <?php ?> </>",
           "<textarea>a <b>b</b></textarea>",
       }) {
    EXPECT_EQ(found_in(html), "") << html;
  }
}

TEST(ActiveMarkup, IsSaidOnceATag) {
  EXPECT_EQ(found_in("a <a onclick=b() href=javascript:c()>d</a> <script>'<script>'</script>"),
            "2 the handler onclick would run in the browsers of those who read the page\n"
            "43 a script would run in the browsers of those who read the page\n");
}

TEST(ActiveMarkup, CostsWhatTheTextIsLong) {
  for (const char* part :
       {"<style>", "<!--", "<a ", "<a b='", "<title></title>", "<", "&#1", "</"}) {
    std::string hostile;
    for (int i = 0; i < 100'000; ++i) hostile += part;
    active_parts(hostile);
    active_parts("<a href='" + hostile + "'>");
  }
}

}  // namespace
}  // namespace stet::site_import
