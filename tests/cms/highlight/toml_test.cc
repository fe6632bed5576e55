// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(TomlLexer, ReadsKeysTablesAndValues) {
  expect_tokens(
      "toml",
      {
          {"# note\n[package]\nname = \"a\\tb\"\n\"quoted key\" = 'raw'\nedition=2021",
           "c=#·note nn=[package] py=name p== s=\"a se=\\t s=b\" py=\"quoted·key\" p== "
           "s='raw' py=edition p== mi=2021"},
          {"[[bin]]\ndeps = { version = \"1\", features = [\"x\"] }\nt = true",
           "nn=[[bin]] nn=deps o== p={ py=version p== s=\"1\" p=, py=features p== nn=[\"x\"] "
           "p=} py=t p== kc=true"},
          {"a={b=1}", "nn=a o== p={ py=b p== mi=1 p=}"},
      });
}

TEST(TomlLexer, ReadsNumbersDatesAndLists) {
  expect_tokens(
      "toml",
      {
          {"x = 1_000\ny = -1.5e3\nz = 0xff\no = 0o17\nb = 0b1\ni = +inf\np = 1e6",
           "py=x p== mi=1_000 py=y p== mf=-1.5e3 py=z p== mh=0xff py=o p== mo=0o17 py=b p== "
           "mb=0b1 py=i p== mf=+inf py=p p== mf=1e6"},
          {"d = 2020-01-02T03:04:05Z\nl = [1, 2]\nm = [ \"a\", 'b' ]",
           "py=d p== ld=2020-01-02T03:04:05Z py=l p== p=[ mi=1 p=, mi=2 p=] py=m p== p=[ "
           "s=\"a\" p=, s='b' p=]"},
          {"s = \"\"\"\na \"quoted\"\n\"\"\"\nr = '''\nb'''\ne = \"open\nf = 1",
           "py=s p== s=\"\"\"¶a·\"quoted\"¶\"\"\" py=r p== s='''¶b''' py=e p== s=\"open err=¶ "
           "py=f p== mi=1"},
      });
}

}  // namespace
}  // namespace stet::highlight
