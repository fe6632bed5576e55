// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(YamlLexer, ReadsKeysAndPlainValues) {
  expect_tokens("yaml",
                {
                    {"title: Hello world # note\ncount: 12\nfree: true\nempty:\n",
                     "na=title pi=: s=Hello·world c1=#·note na=count pi=: m=12 na=free pi=: "
                     "no=true na=empty pi=:"},
                    {"- a\n- b: c\n  d: e\n-\n  - f\n",
                     "pi=- s=a pi=- na=b pi=: s=c na=d pi=: s=e pi=- pi=- s=f"},
                });
}

TEST(YamlLexer, ReadsQuotesFlowsAndAnchors) {
  expect_tokens("yaml",
                {
                    {"a: \"x\\n y\"\nb: 'it''s'\n",
                     "na=a pi=: s2=\" s=x se=\\n nv=· s=y\" na=b pi=: s1=' s=it' s1=' s=s'"},
                    {"list: [one, \"two\", {k: v}]\n",
                     "na=list pi=: pi=[ nv=one pi=, s2=\" s=two\" pi=, pi={ nv=k pi=: nv=v pi=}]"},
                    {"base: &b\n  <<: *c\n  t: !!str 1\n",
                     "na=base pi=: nl=&b na=<< pi=: nv=*c na=t pi=: kt=!!str m=1"},
                });
}

TEST(YamlLexer, ReadsBlocksAndDocuments) {
  expect_tokens("yaml",
                {
                    {"%YAML 1.2\n---\na: |\n  line\n    deeper\n\n  last\nb: >-\n  folded\n...\n",
                     "nt=%YAML m=1.2 nn=--- na=a pi=: pi=| s=line s=deeper s=last na=b pi=: pi=>- "
                     "s=folded s=..."},
                    {"key: a\n  b\nnext: 1\n", "na=key pi=: s=a s=b na=next pi=: m=1"},
                });
}

}  // namespace
}  // namespace stet::highlight
