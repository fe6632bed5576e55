// What the lexer says of small texts: kinds of tokens, plain text left out (see tokens.h).
#include <gtest/gtest.h>

#include "tests/cms/highlight/tokens.h"

namespace stet::highlight {
namespace {

TEST(MakeLexer, ReadsTargetsAndTheirCommands) {
  expect_tokens("make",
                {
                    {"all: build test # both\n"
                     "\t@echo \"$(CC)\" && \\\n"
                     "\t  ls\n"
                     "\n"
                     "clean:\n"
                     "\t-rm -f $(wildcard *.o) $(shell ls $(DIR))",
                     "nl=all o=: nf=build·test· c=# nf=·both p=@ nb=echo s2=\" nv=$(CC) s2=\" o=&& "
                     "se=\\ nb=ls nl=clean o=: p=- nb=rm nt=-f nf=$( nb=wildcard k=* nf=) nf=$( "
                     "nb=shell nb=ls nv=$(DIR) nf=)"},
                    {"CC := gcc\nFLAGS += -O2\n-include a.mk b.mk\nexport PATH\nexport A = b",
                     "nv=CC o=:= nv=FLAGS o=+= nt=-O2 k=-include sx=·a.mk·b.mk k=export nv=PATH "
                     "k=export· nv=A o=="},
                    {"ifeq ($(OS),Linux)\nX=1\nelse\nendif",
                     "k=ifeq nv=($(OS),Linux) nv=X o== k=else err=endif"},
                    {"a:\nifdef X # note\n\tls\nelse\nendif\n\n\"text\" 'more' oops",
                     "nl=a o=: k=ifdef nv=X· c=#·note nb=ls k=else k=endif s2=\"text\" s1='more' "
                     "err=oops"},
                });
}

}  // namespace
}  // namespace stet::highlight
