/// <reference types="vitest/config" />
import {svelte} from '@sveltejs/vite-plugin-svelte';
import {defineConfig} from 'vite';
import {licences} from './licences.js';

// Built into a folder that the program serves at /admin/, which puts a fresh nonce in the place of the mark.
export default defineConfig({
  base: './',
  plugins: [svelte(), licences()],
  html: {cspNonce: '__STET_NONCE__'},
  build: {target: ['chrome109', 'firefox115', 'safari16.4'], assetsInlineLimit: 0, modulePreload: {polyfill: false}},
  test: {include: ['src/**/*.test.ts'], environment: 'node', setupFiles: ['src/ground.test-setup.ts']},
});
