#include "tests/cms/liquid/checks.h"

namespace stet::liquid {
namespace {

TEST(AssignTag, BindsAValueInTheOutermostScope) {
  check({{"{% assign a = 'x' %}{{ a }}", "x"},
         {"{% assign a = 1 | plus: 2 %}{{ a }}", "3"},
         {"{%assign a-b=1%}{{ a-b }}", "1"},
         {"{% for i in (1..2) %}{% assign last = i %}{% endfor %}{{ last }}", "2"},
         {"{% assign a = 'x' %}{% assign a = nil %}[{{ a }}]", "[]"},
         {"{% assign a = (1..3) %}{{ a }}", "1..3"}});
}

TEST(AssignTag, HidesTheGlobalOfItsName) {
  check({{"{{ a }}{% assign a = 2 %}{{ a }}", "12"}}, {{"a", Value(1)}});
}

TEST(AssignTag, RefusesMarkupWithoutAnEqualsSign) {
  check_refusals({{"{% assign a %}", "Syntax Error in 'assign'"}});
}

}  // namespace
}  // namespace stet::liquid
