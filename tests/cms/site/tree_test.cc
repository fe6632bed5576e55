#include "cms/site/tree.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "tests/cms/site/made_site.h"
#include "tests/cms/site/plain_view.h"

namespace stet::site {
namespace {

using liquid::Hash;
using liquid::Value;

liquid::Ref<Hash> hash(std::vector<Hash::Entry> entries) {
  return liquid::Ref<Hash>(new Hash(std::move(entries)));
}

std::set<std::string> described(const std::vector<reads::Key>& keys, const reads::Names& names) {
  std::set<std::string> texts;
  for (reads::Key key : keys) texts.insert(reads::describe(key, names));
  return texts;
}

using Texts = std::set<std::string>;

class TreeTest : public testing::Test {
 protected:
  Value look(const Hash& data, std::vector<std::string_view> path) {
    Value value(
        liquid::Ref<liquid::Drop>(Tree::make(data, reads::Kind::kData, site_.names()).get()));
    for (std::string_view key : path) value = value.as_drop().get(key, view_);
    return value;
  }
  Texts reads() { return described(view_.recorder().take().keys, site_.names()); }

  MadeSite site_{MadeSite::Files()};
  PlainView view_{*site_.pointer(), site_.names()};
};

TEST_F(TreeTest, MapsThatStayKeepTheirTreesAndTheRestIsReadAsBefore) {
  auto kept = hash({{"a", Value(1)}});
  auto before = Tree::make(*hash({{"kept", Value(kept)}, {"other", liquid::make_hash({})}}),
                           reads::Kind::kData,
                           site_.names());
  auto after = before->renewed(*hash({{"new", Value(kept)}, {"kept", Value(kept)}}));
  auto branch = [&](const Tree& tree, std::string_view key) {
    return &tree.get(key, view_).as_drop();
  };
  EXPECT_EQ(branch(*after, "kept"), branch(*before, "kept"));
  EXPECT_NE(branch(*after, "new"), branch(*before, "kept"));
  (void)reads();
  EXPECT_EQ(show(after->get("new", view_).as_drop().get("a", view_)), "1");
  EXPECT_EQ(reads(), (Texts{"data new#map", "data new.a"}));
}

TEST_F(TreeTest, AReadIsTheValueAndThatTheNamesOnTheWayAreMaps) {
  auto data = hash(
      {{"nav", liquid::make_hash({{"main", Value(1)}, {"foot", Value(2)}})}, {"flat", Value(3)}});
  EXPECT_EQ(show(look(*data, {"nav", "main"})), "1");
  EXPECT_EQ(reads(), (Texts{"data nav#map", "data nav.main"}));
  EXPECT_EQ(show(look(*data, {"flat"})), "3");
  EXPECT_EQ(reads(), Texts{"data flat"});
  EXPECT_TRUE(look(*data, {"none"}).is_nil());
  EXPECT_EQ(reads(), Texts{"data none"});
  EXPECT_TRUE(look(*data, {"nav", "none"}).is_nil());
  EXPECT_EQ(reads(), (Texts{"data nav#map", "data nav.none"}));
}

TEST_F(TreeTest, IterationReadsTheWholeMap) {
  auto data = hash({{"nav", liquid::make_hash({{"main", Value(1)}})}});
  EXPECT_EQ(look(*data, {"nav"}).as_drop().keys(view_), std::vector<std::string>{"main"});
  EXPECT_EQ(reads(), (Texts{"data nav", "data nav#map"}));
  EXPECT_EQ(look(*data, {"nav"}).as_drop().to_text(view_), "{\"main\"=>1}");
  EXPECT_EQ(reads(), (Texts{"data nav", "data nav#map"}));
}

TEST_F(TreeTest, DifferencesAreTheKeysThatAReadWouldSee) {
  struct {
    liquid::Ref<Hash> before, after;
    Texts keys;
  } cases[] = {
      {hash({{"a", Value(1)}}), hash({{"a", Value(1)}}), {}},
      {hash({{"a", Value(1)}}), hash({{"a", Value(2)}}), {"data *", "data a"}},
      {hash({}), hash({{"a", Value(2)}}), {"data *", "data a"}},
      {hash({{"m", liquid::make_hash({{"a", Value(1)}, {"b", Value(1)}})}}),
       hash({{"m", liquid::make_hash({{"a", Value(1)}, {"b", Value(2)}})}}),
       {"data *", "data m", "data m.b"}},
      {hash({{"m", liquid::make_hash({{"a", Value(1)}})}}),
       hash({{"m", Value(1)}}),
       {"data *", "data m", "data m#map", "data m.a"}},
      {hash({{"m", liquid::make_hash({{"a", Value(1)}})}}),
       hash({}),
       {"data *", "data m", "data m#map", "data m.a"}},
  };
  for (const auto& c : cases) {
    std::vector<reads::Key> keys;
    differing_keys(c.before.get(), c.after.get(), reads::Kind::kData, site_.names(), "", keys);
    EXPECT_EQ(described(keys, site_.names()), c.keys);
  }
  std::vector<reads::Key> order;
  auto ab = hash({{"a", Value(1)}, {"b", Value(1)}}), ba = hash({{"b", Value(1)}, {"a", Value(1)}});
  differing_keys(ab.get(), ba.get(), reads::Kind::kData, site_.names(), "", order);
  EXPECT_EQ(described(order, site_.names()), Texts{"data *"});
}

rc::Gen<Value> plain_value(int depth) {
  auto leaf = rc::gen::map(rc::gen::inRange(0, 3), [](int n) { return n ? Value(n) : Value(); });
  if (depth == 0) return leaf;
  auto entry = rc::gen::pair(rc::gen::element<std::string>("a", "b", "c"), plain_value(depth - 1));
  auto map = rc::gen::map(
      rc::gen::resize(3,
                      rc::gen::container<std::map<std::string, Value>>(
                          rc::gen::element<std::string>("a", "b", "c"), plain_value(depth - 1))),
      [](const std::map<std::string, Value>& entries) {
        std::vector<Hash::Entry> list(entries.begin(), entries.end());
        return liquid::make_hash(std::move(list));
      });
  return rc::gen::weightedOneOf<Value>({{1, leaf}, {2, map}});
}

// Whoever looked along a path and would now see another value has read a key that differs.
RC_GTEST_PROP(Tree, WhatWouldBeSeenOtherwiseIsAmongTheDifferences, ()) {
  auto as_hash = [](const Value& value) { return hash({{"r", value}}); };
  auto before = as_hash(*plain_value(3)), after = as_hash(*plain_value(3));
  auto path = *rc::gen::container<std::vector<std::string>>(
      rc::gen::element<std::string>("r", "a", "b", "c"));
  MadeSite site({});
  PlainView view(*site.pointer(), site.names());
  auto look = [&](const Hash& data) {
    Value value(
        liquid::Ref<liquid::Drop>(Tree::make(data, reads::Kind::kData, site.names()).get()));
    for (const std::string& key : path) {
      if (value.type() != liquid::Type::kDrop) break;
      value = value.as_drop().get(key, view);
    }
    // What is left at the end is shown, as {{ }} does.
    return value.type() == liquid::Type::kDrop ? value.as_drop().to_text(view) : show(value);
  };
  std::string was = look(*before);
  std::vector<reads::Key> seen = view.recorder().take().keys;
  if (was == look(*after)) return;
  std::vector<reads::Key> differing;
  differing_keys(before.get(), after.get(), reads::Kind::kData, site.names(), "", differing);
  bool is_found = std::any_of(seen.begin(), seen.end(), [&](reads::Key key) {
    return std::find(differing.begin(), differing.end(), key) != differing.end();
  });
  RC_ASSERT(is_found);
}

}  // namespace
}  // namespace stet::site
