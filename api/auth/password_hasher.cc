#include "api/auth/password_hasher.h"

#include <algorithm>

namespace stet::auth {
namespace {

// As hash_password() writes them, but of zeros: what they are verified with never fits.
std::string hash_of_nobody(const PasswordCost& cost) {
  return "$argon2id$v=19$m=" + std::to_string(cost.memory_kib) +
         ",t=" + std::to_string(cost.passes) + ",p=1$" + std::string(22, 'A') + "$" +
         std::string(43, 'A');
}

}  // namespace

// One of those that run, or none.
class PasswordHasher::Place {
 public:
  explicit Place(PasswordHasher& hasher) : hasher_(hasher) {
    std::unique_lock lock(hasher_.mutex_);
    if (hasher_.running_ >= kConcurrentMax) {
      if (hasher_.waiting_ >= kWaitingMax) return;
      ++hasher_.waiting_;
      hasher_.is_free_.wait(lock, [&] { return hasher_.running_ < kConcurrentMax; });
      --hasher_.waiting_;
    }
    ++hasher_.running_;
    hasher_.running_most_ = std::max(hasher_.running_most_, hasher_.running_);
    is_taken_ = true;
  }
  ~Place() {
    if (!is_taken_) return;
    {
      std::lock_guard lock(hasher_.mutex_);
      --hasher_.running_;
    }
    hasher_.is_free_.notify_one();
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

  Status status() const {
    if (is_taken_) return {};
    return unavailable("too many are signing in just now; try again in a moment");
  }

 private:
  PasswordHasher& hasher_;
  bool is_taken_ = false;
};

PasswordHasher::PasswordHasher(RandomSource& random, PasswordCost cost)
    : random_(random), cost_(cost), nobodys_(hash_of_nobody(cost)) {}

Result<std::string> PasswordHasher::hash(std::string_view password) {
  Place place(*this);
  TRY(place.status());
  std::array<std::uint8_t, kPasswordSaltBytes> salt;
  random_.fill(salt);
  return hash_password(password, salt, cost_);
}

Result<bool> PasswordHasher::verify(std::string_view hash, std::string_view password) {
  Place place(*this);
  TRY(place.status());
  bool is_right = verify_password(hash.empty() ? nobodys_ : hash, password);
  return is_right && !hash.empty();
}

unsigned PasswordHasher::running_most() const {
  std::lock_guard lock(mutex_);
  return running_most_;
}

}  // namespace stet::auth
