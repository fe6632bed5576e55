// Moved positions against a comparison of every position.
#include "cms/site/list_changes.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "cms/site/item.h"

namespace stet::site {
namespace {

class Thing final : public Item {
 public:
  Thing(std::string path, ListKey key, reads::Names& names)
      : Item(names.id_of(path)), path_(std::move(path)), key_(std::move(key)) {}
  const std::string& path() const override { return path_; }
  const ListKey& key() const override { return key_; }
  liquid::Value get(std::string_view, liquid::Host&) const override { return {}; }
  std::vector<std::string> keys(liquid::Host&) const override { return {}; }
  bool has_key(std::string_view, liquid::Host&) const override { return false; }

 private:
  std::string path_;
  ListKey key_;
};

RC_GTEST_PROP(ListChanges, NameEveryPositionThatHoldsAnother, ()) {
  reads::Names names;
  bool is_descending = *rc::gen::arbitrary<bool>();
  auto key_of = [&](int number) {
    return ListKey{number / 4, std::string(1, static_cast<char>('a' + number % 4)), is_descending};
  };
  auto thing = [&](int number) {
    return ItemPtr(new Thing(*rc::gen::element<std::string>("p", "q", "r") + std::to_string(number),
                             key_of(number),
                             names));
  };
  auto number = rc::gen::inRange(0, 24);
  Items before;
  for (int n : *rc::gen::container<std::vector<int>>(number))
    before = before.set(key_of(n), thing(n));
  Items after = before;
  std::vector<ListKey> touched;
  for (const auto& [n, is_set] : *rc::gen::container<std::vector<std::pair<int, bool>>>(
           rc::gen::pair(number, rc::gen::arbitrary<bool>()))) {
    after = is_set ? after.set(key_of(n), thing(n)) : after.erase(key_of(n));
    touched.push_back(key_of(n));
  }
  std::set<std::size_t> named;
  std::size_t last_end = 0;
  for (auto [begin, end] : moved_positions(before, after, touched)) {
    RC_ASSERT(begin < end);
    RC_ASSERT(begin >= last_end);
    last_end = end;
    for (std::size_t i = begin; i < end; ++i) named.insert(i);
  }
  for (std::size_t i = 0; i < std::max(before.size(), after.size()); ++i) {
    bool is_same =
        i < before.size() && i < after.size() && before.at(i).second->is_same(*after.at(i).second);
    if (!is_same) RC_ASSERT(named.contains(i));
  }
  // Where nothing came or went nothing is named.
  if (before.size() == after.size() && named.size() == before.size() && !named.empty()) {
    bool is_any_other = false;
    for (std::size_t i = 0; i < before.size(); ++i) {
      is_any_other = is_any_other || !before.at(i).second->is_same(*after.at(i).second);
    }
    RC_ASSERT(is_any_other);
  }
}

TEST(ListChanges, EndWhereAsManyCameAsWent) {
  reads::Names names;
  auto thing = [&](int n) {
    return ItemPtr(new Thing(std::to_string(n), ListKey{n, "", false}, names));
  };
  Items before;
  for (int n : {1, 3, 5, 7, 9}) before = before.set(ListKey{n, "", false}, thing(n));
  using Ranges = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
  auto after = before.erase(ListKey{3, "", false}).set(ListKey{6, "", false}, thing(6));
  EXPECT_EQ(moved_positions(before, after, {{3, "", false}, {6, "", false}}), (Ranges{{1, 3}}));
  EXPECT_EQ(moved_positions(before, before, {{3, "", false}}), Ranges());
  EXPECT_EQ(moved_positions(before, before.erase(ListKey{9, "", false}), {{9, "", false}}),
            (Ranges{{4, 5}}));
  EXPECT_EQ(moved_positions(before, before.set(ListKey{0, "", false}, thing(0)), {{0, "", false}}),
            (Ranges{{0, 6}}));
}

}  // namespace
}  // namespace stet::site
