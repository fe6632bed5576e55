#include "api/auth/password_hasher.h"

#include <array>

namespace stet::auth {
namespace {

// As hash_password() writes them, but of zeros: what they are verified with never fits.
std::string hash_of_nobody(const PasswordCost& cost) {
  return "$argon2id$v=19$m=" + std::to_string(cost.memory_kib) +
         ",t=" + std::to_string(cost.passes) + ",p=1$" + std::string(22, 'A') + "$" +
         std::string(43, 'A');
}

Error crowded() { return unavailable("too many are signing in just now; try again in a moment"); }

}  // namespace

PasswordHasher::PasswordHasher(RandomSource& random, PasswordCost cost)
    : random_(random), cost_(cost), nobodys_(hash_of_nobody(cost)) {}

Result<std::string> PasswordHasher::hash(std::string_view password) {
  Places::Place place(places_);
  if (!place.is_taken()) return crowded();
  std::array<std::uint8_t, kPasswordSaltBytes> salt;
  random_.fill(salt);
  return hash_password(password, salt, cost_);
}

Result<bool> PasswordHasher::verify(std::string_view hash, std::string_view password) {
  Places::Place place(places_);
  if (!place.is_taken()) return crowded();
  bool is_right = verify_password(hash.empty() ? nobodys_ : hash, password);
  return is_right && !hash.empty();
}

}  // namespace stet::auth
