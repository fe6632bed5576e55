#include "cms/site/tree.h"

#include <algorithm>

#include "cms/liquid/convert.h"
#include "cms/site/view.h"

namespace stet::site {
namespace {

using liquid::Hash;
using liquid::Type;
using liquid::Value;
using reads::Key;
using reads::Kind;

std::string joined(const std::string& path, std::string_view key) {
  return path.empty() ? std::string(key) : path + "." + std::string(key);
}

const Hash* hash_in(const Value* value) {
  return value && value->type() == Type::kHash ? &value->as_hash() : nullptr;
}

bool is_same_hash(const Hash& a, const Hash& b) {
  return std::equal(a.entries().begin(),
                    a.entries().end(),
                    b.entries().begin(),
                    b.entries().end(),
                    [](const Hash::Entry& x, const Hash::Entry& y) {
                      return x.first == y.first && is_same(x.second, y.second);
                    });
}

}  // namespace

liquid::Ref<Tree> Tree::make(const Hash& hash,
                             Kind kind,
                             reads::Names& names,
                             const std::string& path) {
  return made(hash, kind, names, path, nullptr);
}

liquid::Ref<Tree> Tree::renewed(const Hash& hash) const {
  return made(hash, kind_, *names_, path_, this);
}

liquid::Ref<Tree> Tree::made(
    const Hash& hash, Kind kind, reads::Names& names, const std::string& path, const Tree* before) {
  if (before && before->hash_.get() == &hash) {
    return liquid::Ref<Tree>(const_cast<Tree*>(before));
  }
  auto* tree = new Tree();
  liquid::Ref<Tree> owner(tree);
  tree->kind_ = kind;
  tree->root_ = names.id_of(kind == Kind::kConfig ? "config" : "data");
  tree->whole_ = names.id_of(path.empty() ? "*" : path);
  tree->path_ = path;
  tree->names_ = &names;
  tree->hash_ = liquid::Ref<Hash>(&hash);
  for (const auto& [key, value] : hash.entries()) {
    std::string below = joined(path, key);
    if (value.type() == Type::kHash) {
      const Branch* known = before ? before->find(key) : nullptr;
      bool was_map = known && known->value.type() == Type::kDrop;
      auto branch = made(value.as_hash(),
                         kind,
                         names,
                         below,
                         was_map ? &static_cast<const Tree&>(known->value.as_drop()) : nullptr);
      tree->branches_.push_back(
          {names.id_of(below + "#map"), Value(liquid::Ref<liquid::Drop>(branch.get()))});
    } else {
      tree->branches_.push_back({names.id_of(below), value});
    }
  }
  return owner;
}

const Tree::Branch* Tree::find(std::string_view key) const {
  const Value* value = hash_->find(key);
  if (!value) return nullptr;
  return &branches_[hash_->place_of(*value)];
}

Value Tree::get(std::string_view key, liquid::Host& host) const {
  reads::Recorder& recorder = view_of(host).recorder();
  const Branch* branch = find(key);
  if (!branch) {
    recorder.add(Key(kind_, root_, names_->id_of(joined(path_, key))));
    return Value();
  }
  recorder.add(Key(kind_, root_, branch->read));
  return branch->value;
}

std::vector<std::string> Tree::keys(liquid::Host& host) const {
  view_of(host).recorder().add(key_of_all());
  std::vector<std::string> keys;
  for (const auto& entry : hash_->entries()) keys.push_back(entry.first);
  return keys;
}

bool Tree::has_key(std::string_view key, liquid::Host& host) const {
  get(key, host);
  return hash_->find(key) != nullptr;
}

std::string Tree::to_text(liquid::Host& host) const {
  view_of(host).recorder().add(key_of_all());
  return liquid::to_text(Value(hash_), host);
}

void differing_keys(const Hash* before,
                    const Hash* after,
                    Kind kind,
                    reads::Names& names,
                    const std::string& path,
                    std::vector<Key>& keys) {
  if (before == after || (before && after && is_same_hash(*before, *after))) return;
  reads::NameId root = names.id_of(kind == Kind::kConfig ? "config" : "data");
  keys.emplace_back(kind, root, names.id_of(path.empty() ? "*" : path));
  if (!before != !after) keys.emplace_back(kind, root, names.id_of(path + "#map"));
  auto compare = [&](const std::string& key, const Value* was, const Value* is) {
    if (was && is && is_same(*was, *is)) return;
    std::string below = joined(path, key);
    keys.emplace_back(kind, root, names.id_of(below));
    if (hash_in(was) || hash_in(is)) {
      differing_keys(hash_in(was), hash_in(is), kind, names, below, keys);
    }
  };
  static const std::vector<Hash::Entry> kNone;
  for (const auto& [key, was] : before ? before->entries() : kNone) {
    compare(key, &was, after ? after->find(key) : nullptr);
  }
  for (const auto& [key, is] : after ? after->entries() : kNone) {
    if (!before || !before->find(key)) compare(key, nullptr, &is);
  }
}

bool is_same(const Value& a, const Value& b) {
  if (a.type() != b.type()) return false;
  switch (a.type()) {
    case Type::kNil:
    case Type::kBlank:
    case Type::kEmpty: return true;
    case Type::kBool: return a.as_bool() == b.as_bool();
    case Type::kInteger: return a.as_integer() == b.as_integer();
    case Type::kFloat: return a.as_float() == b.as_float();
    case Type::kString: return a.as_string() == b.as_string();
    case Type::kDate: return a.as_date() == b.as_date();
    case Type::kTime:
      return a.as_time() == b.as_time() && a.is_live_time() == b.is_live_time() &&
             a.as_time().offset_seconds == b.as_time().offset_seconds &&
             a.as_time().is_utc == b.as_time().is_utc;
    case Type::kRange: return a.as_range() == b.as_range();
    case Type::kArray:
      return &a.as_array() == &b.as_array() || std::equal(a.as_array().items.begin(),
                                                          a.as_array().items.end(),
                                                          b.as_array().items.begin(),
                                                          b.as_array().items.end(),
                                                          is_same);
    case Type::kHash: return &a.as_hash() == &b.as_hash() || is_same_hash(a.as_hash(), b.as_hash());
    case Type::kDrop: return a.as_drop().is_same(b.as_drop());
    case Type::kList: return &a.as_list() == &b.as_list();
  }
  return false;
}

}  // namespace stet::site
