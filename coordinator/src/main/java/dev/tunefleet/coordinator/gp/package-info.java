/**
 * The mathematics of Gaussian processes: kernel, factor, posterior, likelihood and the expected improvement they give.
 *
 * <p>Owns arrays and formulas. Knows nothing of parameters, trials, goals or where a number comes from; everything here is
 * minimised. Notation, used as names: n observations, d features, X[d][n] feature values, K[n,n] covariance with noise, L its
 * Cholesky factor, z = L⁻¹ y, α = K⁻¹ y, θ = hyperparameters on the log scale, ℓ length scale, σ² signal variance.
 */
package dev.tunefleet.coordinator.gp;
