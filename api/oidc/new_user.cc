#include "api/oidc/new_user.h"

#include "api/auth/names.h"

namespace stet::oidc {
namespace {

constexpr std::size_t kNameBytesMax = 30;
constexpr int kTries = 1000;

// As much of it as a user's name may have.
std::string plain_name(std::string_view text) {
  std::string name;
  for (char c : auth::lower_case(text.substr(0, text.find('@')))) {
    if (name.size() >= kNameBytesMax) break;
    bool is_plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    bool is_joint = c == '.' || c == '_' || c == '-';
    if (is_plain || (is_joint && !name.empty())) name += c;
  }
  return name.empty() ? "user" : name;
}

}  // namespace

Result<auth::NewUser> new_user_of(storage::People& people, const Claims& claims) {
  if (TRY(people.users()).size() >= auth::Accounts::kUsersMax) {
    return unavailable("there are as many users as may be");
  }
  const std::string name = plain_name(claims.login.empty() ? claims.mail : claims.login);
  auth::NewUser user{.name = name, .mail = claims.mail};
  for (int number = 2; number <= kTries; ++number) {
    auto other = people.find_login(user.name);
    if (!other && other.error().code != ErrorCode::kNotFound) return other.error();
    if (!other && !TRY(people.is_former(user.name))) break;
    user.name = name + "-" + std::to_string(number);
  }
  if (auth::is_commit_name(claims.name)) user.commit_name = claims.name;
  return user;
}

}  // namespace stet::oidc
