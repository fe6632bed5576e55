#include "api/http/content_digest.h"

#include <array>
#include <charconv>
#include <vector>

#include "storage/base/base64.h"
#include "storage/base/sha.h"

namespace stet::http {
namespace {

struct Algorithm {
  std::string_view name;
  std::string (*hash)(std::string_view);
  Sha2::Kind kind;
};
constexpr auto kAlgorithms = std::to_array<Algorithm>(
    {{"sha-256", sha256_bytes, Sha2::Kind::k256}, {"sha-512", sha512_bytes, Sha2::Kind::k512}});

struct Member {
  std::string_view key, value;  // without parameters
};

std::string_view trimmed(std::string_view text) {
  std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return "";
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

// Neither base64 nor a number holds a comma or a semicolon.
std::vector<Member> members_of(std::string_view field) {
  std::vector<Member> members;
  while (!field.empty()) {
    std::size_t comma = field.find(',');
    std::string_view part = trimmed(field.substr(0, comma));
    field.remove_prefix(comma == std::string_view::npos ? field.size() : comma + 1);
    std::size_t equals = part.find('=');
    if (equals == std::string_view::npos) {
      members.push_back({part, ""});
      continue;
    }
    std::string_view value = part.substr(equals + 1);
    members.push_back({part.substr(0, equals), trimmed(value.substr(0, value.find(';')))});
  }
  return members;
}

}  // namespace

DigestCheck check_digest(std::string_view field, std::string_view content) {
  return *check_digest(field, MemorySource(content));  // memory can always be read
}

Result<DigestCheck> check_digest(std::string_view field, const ByteSource& content) {
  for (const Member& member : members_of(field)) {
    for (const Algorithm& algorithm : kAlgorithms) {
      if (member.key != algorithm.name) continue;
      std::string_view value = member.value;
      bool is_sequence = value.size() >= 2 && value.front() == ':' && value.back() == ':';
      if (!is_sequence) return DigestCheck::kMalformed;
      auto digest = decode_base64(value.substr(1, value.size() - 2));
      if (!digest) return DigestCheck::kMalformed;
      Sha2 hash(algorithm.kind);
      TRY(for_each_piece(content, [&](std::string_view piece) {
        hash.add(piece);
        return Status();
      }));
      if (*digest != hash.finish()) return DigestCheck::kWrong;
    }
  }
  return DigestCheck::kRight;
}

std::optional<std::string> wanted_digest(std::string_view field, std::string_view content) {
  const Algorithm* best = nullptr;
  int best_weight = 0;
  for (const Member& member : members_of(field)) {
    for (const Algorithm& algorithm : kAlgorithms) {
      int weight = 0;
      const char* end = member.value.data() + member.value.size();
      auto [last, error] = std::from_chars(member.value.data(), end, weight);
      bool is_weight = error == std::errc() && last == end && weight <= 10;
      if (member.key != algorithm.name || !is_weight || weight <= best_weight) continue;
      best = &algorithm;
      best_weight = weight;
    }
  }
  if (!best) return std::nullopt;
  return std::string(best->name) + "=:" + encode_base64(best->hash(content)) + ":";
}

}  // namespace stet::http
